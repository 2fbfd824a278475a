# Begins a session: a daemon of its own, so that it outlives the exec that wanted it.
package Start;
use strict;

# A connection to the session, begun here unless another was quicker. The socket listens before the daemon runs:
# whoever connects from then on is served.
sub session {
    my ($name, $hello) = @_;
    my $lock = Place::lock($name) or return;
    my $socket = Place::connect($name);
    return $socket if $socket;
    my $path = Place::socket_path($name);
    unlink $path;
    socket my $listener, 1, 1, 0 or return;
    my $mask = umask 077;
    my $bound = bind $listener, Place::address($path);
    umask $mask;
    $bound && listen $listener, 128 or return;
    my $child = fork // return;
    if (!$child) {
        close $lock;
        daemon($name, $hello, $listener);
    }
    waitpid $child, 0;
    return Place::connect($name);
}

sub daemon {
    my ($name, $hello, $listener) = @_;
    main::load('kernel');
    Kernel::setsid();
    my $child = fork;
    exit(defined $child ? 0 : 1) if !defined $child || $child;
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    # Where to look when a holder died of a bug.
    open STDERR, '>', Place::directory() . "/$name.err" or open STDERR, '>', '/dev/null';
    $0 = "pet-console: session $name";
    main::load('session');
    Session::hold($name, $hello, $listener);
    exit 0;
}

1;
