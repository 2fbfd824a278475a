# A person on a terminal, without pet: `docker exec -it pet-foo-1 pet-console`. There is no model of the screen here, so
# the log is not shown; the modes in force are set and the program draws anew, or the shell its prompt. Ctrl-\ detaches.
package Plain;
use strict;

main::load('frame', 'place', 'outbox', 'kernel', 'start');

sub attach {
    my ($cols, $rows) = Kernel::size_of(*STDIN);
    my %hello = (v => [1], cols => [$cols], rows => [$rows], who => ["$<\@here"], plain => [1], term => [$ENV{TERM} // '']);
    my $name = Place::name('');
    my $socket = Place::connect($name) // Start::session($name, \%hello)
        or die "pet-console: the session cannot be started: $!\n";
    chomp(my $before = `stty -g`);
    system qw(stty raw -echo);
    my $status = converse($socket, join '', map { "$_=$hello{$_}[0]\0" } sort keys %hello);
    # Whatever a program switched on must not stay with the person's terminal. Leaving the alternate screen
    # moves the cursor where there is none to leave, and so does taking back a scroll region.
    syswrite STDOUT, "\e7\e[?1049l\e[?2004l\e[?1000l\e[?1002l\e[?1003l\e[?1006l\e[?1004l\e[?25h\e[?1l\e>\e[<20u\e[>4m\e7\e[r\e8\e[m\r\n\e[J"
        . (defined $status ? '' : "detached; come back with: pet-console\r\n");
    system 'stty', $before;
    exit($status // 0);
}

# The session's exit status, or nothing where it was left.
sub converse {
    my ($socket, $hello) = @_;
    my $out = Outbox->new($socket);
    my ($in, $shown, $live, $resized) = ('', 0, 0, 0);
    Frame::nonblocking($socket);
    local $SIG{WINCH} = sub { $resized = 1 };
    $out->add(Frame::encode('A', $hello));
    while (1) {
        if ($resized) { $resized = 0; $out->add(Frame::encode('r', pack 'n2', Kernel::size_of(*STDIN))) }
        my ($read, $write) = ('', '');
        vec($read, 0, 1) = 1 if $out->{bytes} < 65536;
        vec($read, fileno $socket, 1) = 1;
        vec($write, fileno $socket, 1) = 1 if $out->{bytes};
        next if select($read, $write, undef, undef) < 0;
        if (vec $read, 0, 1) {
            my $n = sysread STDIN, my $typed, 4096;
            next if !defined $n && $! == 4;
            my $left = !$n || $typed =~ s/\x1c.*//s;
            $out->add(Frame::encode('d', $typed)) if length($typed // '');
            $out->add(Frame::encode('b', '')) if $left;
            if ($left) { Frame::blocking($socket); $out->flush; return }
        }
        if (vec $read, fileno $socket, 1) {
            my $n = sysread $socket, $in, 65536, length $in;
            next if !defined $n && ($! == 11 || $! == 4);
            return 1 unless $n;
            while (my $frame = Frame::take(\$in)) {
                my ($type, $payload) = @$frame;
                if ($type eq 'T') { show($payload) }
                elsif ($type eq 'L') { $resized = 1 }
                elsif ($type eq 'Y') { show("\x18") }
                elsif ($type eq 'o') {
                    show($payload);
                    $shown += length $payload;
                    $out->add(Frame::encode('a', pack 'Q>', $shown));
                }
                elsif ($type eq 'X') { return unpack 'C', $payload }
                elsif ($type eq 'E') { show("$payload\r\n"); return 1 }
            }
        }
        $out->flush or return 1;
    }
}

sub show {
    my ($bytes) = @_;
    while (length $bytes) {
        my $n = syswrite STDOUT, $bytes;
        next if !defined $n && $! == 4;
        return unless defined $n;
        substr($bytes, 0, $n) = '';
    }
}

1;
