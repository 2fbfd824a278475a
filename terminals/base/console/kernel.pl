# The few things of Linux that perl reaches by number alone. The generic numbers (434 and up) and the ioctls are the
# same on every architecture; the older calls are known for amd64 and arm64, and have a way without them.
package Kernel;
use strict;

sub TCGETS() { 0x5401 } sub TCSETS() { 0x5402 } sub TIOCSCTTY() { 0x540E } sub TIOCGPGRP() { 0x540F }
sub TIOCGWINSZ() { 0x5413 } sub TIOCSWINSZ() { 0x5414 } sub TIOCGPTN() { 0x80045430 } sub TIOCSPTLCK() { 0x40045431 }
sub IUTF8() { 0x4000 } sub O_RDWR() { 02 } sub O_NOCTTY() { 0400 }

# By the ELF header's machine: Config costs 5 ms, POSIX::uname 13.
my %calls = (62 => { clock => 228, setsid => 112 }, 183 => { clock => 113, setsid => 157 });
my $calls = do {
    my $header = '';
    if (open my $self, '<', '/proc/self/exe') { sysread $self, $header, 20 }
    length $header == 20 && $calls{ unpack 'v', substr $header, 18, 2 } || {};
};

# Seconds on a clock that nobody sets.
sub now {
    if (my $number = $calls->{clock}) {
        my $buffer = "\0" x 16;
        syscall $number, 1, $buffer;
        my ($seconds, $nanoseconds) = unpack 'q2', $buffer;
        return $seconds + $nanoseconds / 1e9;
    }
    open my $uptime, '<', '/proc/uptime' or return time;
    my $line = '';
    sysread $uptime, $line, 64;
    return 0 + (split ' ', $line)[0];
}

sub setsid {
    if (my $number = $calls->{setsid}) { return syscall($number) >= 0 }
    require POSIX;
    return POSIX::setsid();
}

# A descriptor that select() finds readable once the child has ended, or nothing where the kernel (before 5.3) or a
# seccomp profile has none: then SIGCHLD must do, with a short timeout against the moment just before select().
sub child_handle {
    my ($pid) = @_;
    my $fd = syscall 434, $pid, 0;
    return if $fd < 0;
    open my $handle, '<&=', $fd or return;
    return $handle;
}

# A new pseudo-terminal: (master, slave), or nothing with $! set.
sub open_terminal {
    open my $master, '+<', '/dev/ptmx' or return;
    my ($unlocked, $number) = (pack('i', 0)) x 2;
    ioctl $master, TIOCSPTLCK, $unlocked or return;
    ioctl $master, TIOCGPTN, $number or return;
    # Whoever leads a session without a terminal, as a program that the engine's exec starts, would get this one as its
    # own, and the child could not.
    sysopen my $slave, '/dev/pts/' . unpack('i', $number), O_RDWR | O_NOCTTY or return;
    # So that the kernel's own line editing erases a whole character.
    my $modes = "\0" x 64;
    if (ioctl $slave, TCGETS, $modes) {
        my ($input, $rest) = unpack 'L a*', $modes;
        my $wanted = pack 'L a*', $input | IUTF8, $rest;
        ioctl $slave, TCSETS, $wanted;
    }
    return ($master, $slave);
}

sub set_size {
    my ($terminal, $cols, $rows) = @_;
    my $size = pack 'S4', $rows, $cols, 0, 0;
    ioctl $terminal, TIOCSWINSZ, $size;
}

sub size_of {
    my ($terminal) = @_;
    my $size = "\0" x 8;
    ioctl $terminal, TIOCGWINSZ, $size or return (80, 24);
    my ($rows, $cols) = unpack 'S2', $size;
    return ($cols || 80, $rows || 24);
}

# The process group in the foreground of a terminal, seen from its master too; 0 where there is none.
sub foreground {
    my ($terminal) = @_;
    my $group = pack 'i', 0;
    ioctl $terminal, TIOCGPGRP, $group or return 0;
    return unpack 'i', $group;
}

# In a child: the terminal becomes the controlling one and all three standard streams.
sub take_terminal {
    my ($slave) = @_;
    setsid();
    ioctl $slave, TIOCSCTTY, 0;
    open STDIN, '<&', $slave;
    open STDOUT, '>&', $slave;
    open STDERR, '>&', $slave;
}

# A wait status as a shell tells it.
sub exit_status {
    my ($wait) = @_;
    return $wait & 127 ? 128 + ($wait & 127) : $wait >> 8;
}

1;
