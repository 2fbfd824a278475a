# Who is attached: one owner, whose size counts and whose terminal gets raw bytes, and watchers. Strangers have connected
# and not yet said hello.
package Crowd;
use strict;

main::load('client');

sub HELLO_WAIT() { 10 } sub IN_THE_WAY() { 64 << 10 }

our (@clients, @strangers);

# Whether a client is to wait with what it types: one that typed more than programs take and does not wait by itself.
sub held_back {
    my ($client) = @_;
    return 0 unless $client->{filled} && length $Session::session{input} > Session::INPUT_LIMIT();
    return !$client->{credit} || $client->{given} - $client->{told} > 2 * Session::INPUT_LIMIT();
}

# A copy: who is heard may come, go, or make another go.
sub everyone { return (@clients, @strangers) }

# The owner's window is what holds a program up, and nothing else does.
sub may_read {
    my $owner = owner() or return 1;
    return $owner->{stale} || $owner->outstanding <= $owner->{window};
}

sub owner {
    for (@clients) { return $_ if $_->{role} eq 'owner' }
    return;
}

# Whether somebody's terminal answers what programs ask.
sub attended {
    my $owner = owner();
    return $owner && !$owner->{stale};
}

sub soonest_deadline {
    my $soonest;
    for my $at ((map { $_->deadline } @clients), map { $_->{came} + HELLO_WAIT } @strangers) {
        $soonest = $at if defined $at && (!defined $soonest || $at < $soonest);
    }
    return $soonest;
}

sub show {
    my ($output, $now) = @_;
    for my $client (@clients) {
        next if $client->{stale};
        $client->output($output, $now);
        $client->drop if $client->{role} ne 'owner' && $client->behind;
    }
}

# Those who are behind hear it with the log.
sub tell {
    my ($type, $payload) = @_;
    $_->{stale} or $_->frame($type, $payload) for @clients;
}

sub come_in {
    my ($now) = @_;
    while (accept my $socket, $Session::session{listener}) {
        Frame::nonblocking($socket);
        push @strangers, Client->new($socket, $now);
    }
}

sub receive {
    my ($client, $now) = @_;
    my $n = sysread $client->{handle}, $client->{in}, 65536, length $client->{in};
    return if !defined $n && ($! == 11 || $! == 4);
    return leave($client) unless $n;
    my $fine = Frame::each_whole(\$client->{in}, sub {
        return if $client->{gone};
        $client->{role} eq '' ? greet($client, @_, $now) : handle($client, @_, $now);
    });
    refuse($client, 'protocol', 'a frame is too long') unless $fine || $client->{gone};
}

sub greet {
    my ($client, $type, $payload, $now) = @_;
    if ($type eq 'S') {
        main::load('report');
        $client->output(Report::lines(), $now);
        $client->{gone} = 1;
        return;
    }
    return refuse($client, 'protocol', 'a hello was expected') unless $type eq 'A';
    my $hello = Frame::fields($payload);
    ($client->{who} = $hello->{who}[0] // '') =~ s/[\x00-\x1f\x7f]//g;
    $client->{who} = substr $client->{who}, 0, 128;
    @$client{qw(cols rows)} = Session::size($hello, 80, 24);
    @$client{qw(plain credit)} = map { ($hello->{$_}[0] // '') eq '1' } qw(plain credit);
    @strangers = grep { $_ != $client } @strangers;
    push @clients, $client;
    $client->{role} = owner() ? 'watcher' : 'owner';
    start_over($client, $now, 0);
}

my %handlers = (
    d => \&typed,
    r => sub {
        my ($client, $payload, $now) = @_;
        my ($cols, $rows) = unpack 'n2', $payload;
        return unless $cols && $rows;
        @$client{qw(cols rows)} = ($cols, $rows);
        return unless $client->{role} eq 'owner';
        # A full-screen program whose output was cut draws anew when its terminal changes.
        if (delete $client->{nudge}) { Session::resize($cols, $rows > 1 ? $rows - 1 : $rows + 1); redraw_pause() }
        Session::resize($cols, $rows);
    },
    a => sub {
        my ($client, $payload, $now) = @_;
        return unless length $payload == 8;
        $client->acknowledge(unpack('Q>', $payload), $now);
        start_over($client, $now, 1) if $client->caught_up;
    },
    y => sub { my ($client, $payload, $now) = @_; start_over($client, $now, 1) },
    b => sub { leave($_[0]) },
    p => sub {
        my ($client, $payload) = @_;
        return if $client->{out}{bytes} > (1 << 20) && $client->{stale};
        $client->frame('P', substr $payload, 0, 64);
    },
    e => sub { },
);

sub handle {
    my ($client, $type, $payload, $now) = @_;
    my $handler = $handlers{$type} or return refuse($client, 'protocol', 'no such frame');
    $handler->($client, $payload, $now);
}

# Two signals for a change of size become one where the program did not see the first.
sub redraw_pause { select undef, undef, undef, 0.03 }

sub typed {
    my ($client, $payload, $now) = @_;
    return if $payload eq '';
    $client->{typed} = $now;
    $client->{given} += length $payload;
    if ($client->{role} ne 'owner') {
        # What another typed and no program takes is not to be waited for.
        $Session::session{input} = '' if length $Session::session{input} > IN_THE_WAY;
        my $former = owner();
        own($client, $former, $now);
        Session::resize(@$client{qw(cols rows)});
    }
    $Session::session{cursor_asked} = 0;
    $Session::session{input} .= $payload;
    Session::write_input();
    $client->{filled} = length $Session::session{input} > Session::INPUT_LIMIT();
}

# Both screens are painted anew: one gets raw bytes from here on, the other a picture.
sub own {
    my ($client, $former, $now) = @_;
    $Session::session{log}->scan;
    if ($former) {
        $former->{role} = 'watcher';
        start_over($former, $now, 1);
    }
    $client->{role} = 'owner';
    start_over($client, $now, 1);
}

sub start_over {
    my ($client, $now, $again) = @_;
    my $asked = $client->{role} eq 'owner' && $Session::session{cursor_asked};
    $Session::session{log}->scan;
    $client->replay($Session::session{log}, $asked ? 1 : 0, $now, $again);
}

sub refuse {
    my ($client, $code, $text) = @_;
    $client->{out}->add(Frame::error_frame($code, $text));
    $client->{out}->flush;
    leave($client);
}

sub leave {
    my ($client) = @_;
    $client->{gone} = 1;
    my $owned = $client->{role} eq 'owner';
    @strangers = grep { $_ != $client } @strangers;
    return close $client->{handle} unless grep { $_ == $client } @clients;
    # Queries it was shown are its own: only what comes from here on is unattended.
    $Session::session{log}->scan;
    @clients = grep { $_ != $client } @clients;
    close $client->{handle};
    return unless $owned && @clients;
    my ($heir) = sort { $b->{typed} <=> $a->{typed} || $a->{came} <=> $b->{came} } @clients;
    own($heir, undef, Kernel::now());
    Session::resize(@$heir{qw(cols rows)});
}

sub check_stalls {
    my ($now) = @_;
    for my $client (@clients) {
        my $deadline = $client->deadline;
        next if !defined $deadline || $deadline > $now;
        $Session::session{log}->scan;
        $client->drop;
    }
    @strangers = grep { $_->{came} + HELLO_WAIT > $now } @strangers;
}

sub flush {
    my $room = length $Session::session{input} <= Session::INPUT_LIMIT();
    for my $client (my @all = (@clients, @strangers)) {
        $client->give_credit if $room;
        $client->{out}->flush if $client->{out}{bytes};
        if ($client->{out}{dead} || ($client->{gone} && !$client->{out}{bytes})) { leave($client) }
        elsif (!$client->{out}{bytes} && $client->caught_up) { start_over($client, Kernel::now(), 1) }
    }
}

1;
