# The session holder: keeps one login shell on a terminal of its own, and the log of what it wrote; who is attached is
# crowd.pl's. One loop over select(); nothing in it waits for anybody and nothing in it grows without a limit.
package Session;
use strict;

main::load('kernel', 'person', 'outbox', 'log', 'crowd', 'queries');

sub GULP() { 64 << 10 }          # of output in one go
sub INPUT_LIMIT() { 4 << 20 }    # typed and not yet taken by the program: beyond it nobody is asked for more
sub FAREWELL() { 5 }

our %session;

sub hold {
    my ($name, $hello, $listener) = @_;
    my ($cols, $rows) = size($hello, 80, 24);
    my $limit = ($ENV{PET_SCROLLBACK} // '') =~ /^(\d{3,10})$/ ? $1 : 2 << 20;
    %session = (
        name => $name, listener => $listener, since => time, cols => $cols, rows => $rows, status => undef,
        log => Log->new($limit, $cols, $rows), input => '', cursor_asked => 0, quiet => 0,
    );
    Frame::nonblocking($listener);
    begin_shell($hello) or return cannot_start("no shell could be started: $!");
    $SIG{TERM} = $SIG{INT} = $SIG{HUP} = sub { $session{ending} = 1 };
    $SIG{CHLD} = sub { };
    turn() until defined $session{status};
    farewell();
}

sub begin_shell {
    my ($hello) = @_;
    my ($master, $slave) = Kernel::open_terminal() or return;
    Kernel::set_size($master, $session{cols}, $session{rows});
    my $pid = fork // return;
    if (!$pid) {
        my $person = Person::login();
        Person::become($person);
        $ENV{TERM} = Person::terminal_kind($hello->{term}[0]);
        $ENV{COLORTERM} = $hello->{colorterm}[0] // '';
        delete $ENV{COLORTERM} unless $ENV{COLORTERM} =~ /^[\w-]{1,32}$/;
        $ENV{PET_SESSION} = $session{name};
        Kernel::take_terminal($slave);
        $SIG{$_} = 'DEFAULT' for qw(PIPE CHLD HUP TERM INT);
        for my $shell ($person->{shell}, '/bin/sh') { exec { $shell } Person::login_name($shell) }
        require POSIX;
        POSIX::_exit(127);
    }
    close $slave;
    Frame::nonblocking($master);
    @session{qw(terminal pid ended)} = ($master, $pid, Kernel::child_handle($pid));
    return 1;
}

# One round of the loop.
sub turn {
    my ($read, $write) = ('', '');
    my ($terminal, $listener, $ended) = map { defined $_ ? fileno $_ : undef } @session{qw(terminal listener ended)};
    vec($read, $listener, 1) = 1;
    vec($read, $terminal, 1) = 1 if !$session{quiet} && Crowd::may_read();
    vec($write, $terminal, 1) = 1 if length $session{input};
    vec($read, $ended, 1) = 1 if defined $ended;
    for my $client (Crowd::everyone()) {
        vec($read, fileno $client->{handle}, 1) = 1 unless Crowd::held_back($client);
        vec($write, fileno $client->{handle}, 1) = 1 if $client->{out}{bytes};
    }
    my $found = select $read, $write, undef, timeout();
    my $now = Kernel::now();
    look_for_end();
    $session{quiet} = 0 if $found == 0;
    if ($found > 0) {
        write_input() if vec $write, $terminal, 1;
        for my $client (Crowd::everyone()) {
            Crowd::receive($client, $now) if !$client->{gone} && vec $read, fileno $client->{handle}, 1;
        }
        Crowd::come_in($now) if vec $read, $listener, 1;
        read_terminal($now) if vec $read, $terminal, 1;
    }
    Crowd::check_stalls($now);
    Crowd::flush();
    end_shell() if $session{ending};
}

sub timeout {
    my $soonest = Crowd::soonest_deadline();
    my $wait = defined $soonest ? $soonest - Kernel::now() : undef;
    $wait = 0.01 if defined $wait && $wait < 0.01;
    # Nobody tells when a terminal that no program has open is opened again. And without a descriptor for the shell's end,
    # SIGCHLD might come just before select() does; the end of its output most often tells as well.
    my $look = $session{quiet} || $session{ending} ? 1 : $session{ended} ? undef : 30;
    $wait = $look if defined $look && (!defined $wait || $wait > $look);
    return $wait;
}

sub look_for_end {
    my $pid = waitpid $session{pid}, 1;
    $session{status} = Kernel::exit_status($?) if $pid == $session{pid};
    $session{status} //= 255 if $pid < 0;
}

# ---- the terminal

sub read_terminal {
    my ($now) = @_;
    my $output = '';
    while (length $output < GULP) {
        my $n = sysread $session{terminal}, $output, GULP, length $output;
        next if !defined $n && $! == 4;
        # No program has the terminal open any more; it may be opened again, so look now and then.
        $session{quiet} = 1 if defined $n ? $n == 0 : $! == 5;
        last unless $n;
    }
    $session{quiet} = 0 if length $output;
    return 0 unless length $output;
    $session{log}->append($output, Crowd::attended() ? undef : \&answer);
    Crowd::show($output, $now);
    return 1;
}

sub answer {
    my ($query) = @_;
    if (Queries::wants_cursor($query)) { $session{cursor_asked} = 1; return }
    my $answer = Queries::answer($query, $session{cols}, $session{rows});
    $session{input} .= $answer if defined $answer;
}

sub write_input {
    while (length $session{input}) {
        my $n = syswrite $session{terminal}, $session{input}, 65536;
        if (!defined $n) {
            next if $! == 4;
            $session{input} = '' unless $! == 11;
            return;
        }
        substr($session{input}, 0, $n) = '';
    }
}

sub resize {
    my ($cols, $rows) = @_;
    return if $cols == $session{cols} && $rows == $session{rows};
    # What was written before belongs to the size before.
    read_terminal(Kernel::now()) if Crowd::may_read();
    @session{qw(cols rows)} = ($cols, $rows);
    Kernel::set_size($session{terminal}, $cols, $rows);
    $session{log}->resize($cols, $rows);
    Crowd::tell('R', pack 'n2', $cols, $rows);
}

sub size {
    my ($fields, @otherwise) = @_;
    my ($cols, $rows) = map { ($fields->{$_}[0] // '') =~ /^(\d{1,5})$/ && $1 > 0 && $1 < 65536 ? $1 + 0 : 0 } qw(cols rows);
    return ($cols || $otherwise[0], $rows || $otherwise[1]);
}

# ---- the end

sub end_shell {
    return if $session{hung_up}++;
    my $group = Kernel::foreground($session{terminal});
    kill 'HUP', -$session{pid};
    kill 'HUP', -$group if $group > 1;
    kill 'CONT', -$session{pid};
}

# The shell has ended. Nobody new may come: first the name is given up, under the lock, then what is said is said.
sub farewell {
    my $lock = Place::lock($session{name});
    unlink Place::socket_path($session{name});
    close $session{listener};
    undef $lock;
    # Who has not said hello yet finds the next session.
    @Crowd::strangers = ();
    my $now = Kernel::now();
    for (1 .. 64) { read_terminal($now) or last }
    for my $client (@Crowd::clients) {
        # One who is behind gets what there is, then the end.
        Crowd::start_over($client, $now, 1) if $client->{stale};
        $client->frame('X', pack 'C', $session{status});
    }
    my $until = $now + FAREWELL;
    my @clients = @Crowd::clients;
    while (@clients = grep { $_->{out}{bytes} && $_->{out}->flush && $_->{out}{bytes} } @clients) {
        my $left = $until - Kernel::now();
        last if $left <= 0;
        my ($read, $write) = ('', '');
        vec($write, fileno $_->{handle}, 1) = 1 for @clients;
        vec($read, fileno $_->{handle}, 1) = 1 for @clients;
        select $read, $write, undef, $left;
        # What they still say is of no use, but a line that ended must not be waited for.
        @clients = grep { !vec($read, fileno $_->{handle}, 1) || sysread($_->{handle}, my $unread, 65536) } @clients;
    }
}

# Everyone who came is told why, then the next attach may try again.
sub cannot_start {
    my ($text) = @_;
    unlink Place::socket_path($session{name});
    Frame::blocking($session{listener});
    accept my $socket, $session{listener} or return;
    syswrite $socket, Frame::error_frame('start', $text);
}

1;
