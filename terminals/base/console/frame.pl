# Frames: a type, a length of four bytes, a payload. And the one way to say that it cannot be done.
package Frame;
use strict;

sub LARGEST() { 1 << 20 }

sub encode {
    my ($type, $payload) = @_;
    return pack('aN', $type, length $payload) . $payload;
}

# Takes one frame off the front of a buffer: [type, payload], or nothing while it is not whole.
sub take {
    my ($buffer) = @_;
    return if length $$buffer < 5;
    my ($type, $length) = unpack 'aN', $$buffer;
    refuse('protocol', "a frame of $length bytes") if $length > LARGEST;
    return if length $$buffer < 5 + $length;
    my $payload = substr $$buffer, 5, $length;
    substr($$buffer, 0, 5 + $length) = '';
    return [$type, $payload];
}

# Hands every whole frame in a buffer to a function. False where a frame is too large to be one.
sub each_whole {
    my ($buffer, $handle) = @_;
    my ($at, $end) = (0, length $$buffer);
    while ($end - $at >= 5) {
        my ($type, $length) = unpack 'aN', substr $$buffer, $at, 5;
        return 0 if $length > LARGEST;
        last if $end - $at - 5 < $length;
        my $payload = substr $$buffer, $at + 5, $length;
        $at += 5 + $length;
        $handle->($type, $payload);
    }
    substr($$buffer, 0, $at) = '' if $at;
    return 1;
}

# name=value pairs, each ended by a NUL: { name => [values in their order] }.
sub fields {
    my ($payload) = @_;
    my %fields;
    for my $pair (split /\0/, $payload) {
        my ($name, $value) = split /=/, $pair, 2;
        push @{ $fields{$name} }, $value // '' if defined $name;
    }
    return \%fields;
}

sub error_frame {
    my ($code, $text) = @_;
    return encode('E', "code=$code\0text=$text\0");
}

# The last frame of a program that cannot go on. Blocking, because nothing else is left to do.
sub refuse {
    my ($code, $text) = @_;
    my $frame = error_frame($code, $text);
    blocking(*STDOUT);
    while (length $frame) {
        my $n = syswrite STDOUT, $frame;
        last unless defined $n || $! == 4;
        substr($frame, 0, $n // 0) = '';
    }
    exit 1;
}

# F_GETFL, F_SETFL and O_NONBLOCK, the same on amd64 and arm64: Fcntl would cost 3 ms.
sub nonblocking { for (@_) { my $flags = fcntl $_, 3, 0; fcntl $_, 4, $flags | 04000 } }
sub blocking { for (@_) { my $flags = fcntl $_, 3, 0; fcntl $_, 4, $flags & ~04000 } }

1;
