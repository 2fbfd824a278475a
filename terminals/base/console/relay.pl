# An attach, seen from the engine's exec: bytes from the near end to the session's socket and back. It understands
# nothing but the hello. When the near end is gone it goes too, and the holder forgets the client.
package Relay;
use strict;

main::load('place', 'outbox');

sub HELD() { 256 << 10 }

sub run {
    my ($payload, $hello, $after) = @_;
    my $name = Place::name($hello->{session}[0]);
    my $sent = Frame::encode('A', $payload) . $after;
    my $line;
    # A session that ends just now closes the socket without a word: the next try starts a fresh one.
    for my $try (1 .. 5) {
        my $socket = Place::connect($name) // do { main::load('start'); Start::session($name, $hello) };
        Frame::refuse('start', "the session does not answer: $!") unless $socket;
        $line = converse($socket, \$sent);
        exit 0 if $line;
    }
    Frame::refuse('start', 'the session ended five times while it was being attached');
}

# True once the conversation is over; false where it never began. `$$sent` is all that was read from the near end so far.
sub converse {
    my ($socket, $sent) = @_;
    Frame::nonblocking(*STDIN, *STDOUT, $socket);
    my $in = Outbox->new($socket);
    my $out = Outbox->new(*STDOUT);
    $in->add($$sent);
    my ($begun, $over) = (0, 0);
    my ($stdin, $session, $stdout) = (fileno STDIN, fileno $socket, fileno STDOUT);
    until ($over && !$out->{bytes}) {
        my ($read, $write) = ('', '');
        vec($read, $stdin, 1) = 1 if $in->{bytes} < HELD;
        vec($read, $session, 1) = 1 if !$over && $out->{bytes} < HELD;
        vec($write, $session, 1) = 1 if $in->{bytes} && !$over;
        vec($write, $stdout, 1) = 1 if $out->{bytes};
        next if select($read, $write, undef, undef) < 0;
        if (vec $read, $stdin, 1) {
            my $n = sysread STDIN, my $bytes, 65536;
            if (defined $n ? $n == 0 : $! != 11 && $! != 4) {
                # The near end's last frames, a good-bye perhaps, are still worth a moment.
                last_words($in, $socket);
                return 1;
            }
            if ($n) {
                $$sent .= $bytes unless $begun;
                $in->add($bytes);
            }
        }
        if (!$over && vec $read, $session, 1) {
            my $n = sysread $socket, my $bytes, 131072;
            if (defined $n ? $n == 0 : $! != 11 && $! != 4) {
                return 0 unless $begun;
                $over = 1;
            }
            elsif ($n) { $begun = 1; $out->add($bytes) }
        }
        if ($out->{bytes}) { $out->flush or return 1 }
        if ($in->{bytes} && !$over) { $in->flush or $begun or return 0 }
    }
    return 1;
}

sub last_words {
    my ($in, $socket) = @_;
    for (1 .. 20) {
        $in->flush or return;
        return unless $in->{bytes};
        my $write = '';
        vec($write, fileno $socket, 1) = 1;
        select undef, $write, undef, 0.01;
    }
}

1;
