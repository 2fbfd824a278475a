# What waits to be written to one nonblocking descriptor. Frames stay whole: a queue that is emptied keeps the frame
# that is partly out.
package Outbox;
use strict;

# Each entry is [bytes, how many of them are payload of an `o` frame].
sub new {
    my ($class, $handle) = @_;
    return bless { handle => $handle, queue => [], offset => 0, bytes => 0, written => 0, dead => 0 }, $class;
}

sub add {
    my ($self, $bytes, $output) = @_;
    push @{ $self->{queue} }, [$bytes, $output || 0];
    $self->{bytes} += length $bytes;
}

# Writes what the other side takes now. False once it takes nothing any more.
sub flush {
    my ($self) = @_;
    my $queue = $self->{queue};
    while (@$queue) {
        my $left = length($queue->[0][0]) - $self->{offset};
        my $n = syswrite $self->{handle}, $queue->[0][0], $left, $self->{offset};
        if (!defined $n) {
            next if $! == 4;
            return 1 if $! == 11;
            $self->{dead} = 1;
            @$queue = ();
            $self->{bytes} = $self->{offset} = 0;
            return 0;
        }
        $self->{bytes} -= $n;
        $self->{written} += $n;
        if ($n < $left) { $self->{offset} += $n; next }
        $self->{offset} = 0;
        shift @$queue;
    }
    return !$self->{dead};
}

# Drops every frame of which nothing is out yet; returns how much `o` payload went with them.
sub clear {
    my ($self) = @_;
    my $queue = $self->{queue};
    my @kept = $self->{offset} ? shift @$queue : ();
    my $dropped = 0;
    $dropped += $_->[1] for @$queue;
    @$queue = @kept;
    $self->{bytes} = @kept ? length($kept[0][0]) - $self->{offset} : 0;
    return $dropped;
}

1;
