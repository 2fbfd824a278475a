# Where sessions are found: a directory of the person's own, a socket and a lock a session.
package Place;
use strict;

sub directory {
    my $directory = $ENV{PET_RUN_DIR} // '/run/pet';
    mkdir $directory, 0700;
    my @info = lstat $directory;
    return $directory if @info && -d _ && $info[4] == $< && !($info[2] & 0077);
    chmod 0700, $directory if @info && -d _ && $info[4] == $<;
    @info = lstat $directory;
    Frame::refuse('start', "$directory is not a directory of one's own") unless @info && -d _ && $info[4] == $< && !($info[2] & 0077);
    return $directory;
}

sub name {
    my ($wanted) = @_;
    $wanted = 'main' if !defined $wanted || $wanted eq '';
    Frame::refuse('protocol', 'a session is named by letters, digits, “-” and “_”') unless $wanted =~ /^[A-Za-z0-9_-]{1,32}$/;
    return $wanted;
}

sub socket_path { return directory() . "/$_[0].sock" }

# sockaddr_un: AF_UNIX and a path. Socket.pm would cost 12 ms.
sub address { return pack 'S a*', 1, $_[0] }

sub connect {
    my ($name) = @_;
    socket my $socket, 1, 1, 0 or return;
    connect $socket, address(socket_path($name)) or return;
    return $socket;
}

# Held while a session is begun or ended, so that there is never more or less than one.
sub lock {
    my ($name) = @_;
    open my $lock, '>>', directory() . "/$name.lock" or return;
    until (flock $lock, 2) { return unless $! == 4 }
    return $lock;
}

1;
