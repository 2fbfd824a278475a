# One attached client, as the holder sees it: what waits to be sent, what it has acknowledged, and how far ahead of
# that it may be.
package Client;
use strict;

sub SMALLEST() { 256 << 10 } sub LARGEST() { 8 << 20 } sub STALL() { 5 } sub FRAME() { 64 << 10 }
sub CREDIT_STEP() { 64 << 10 } sub QUEUE_LIMIT() { 8 << 20 }

sub new {
    my ($class, $handle, $now) = @_;
    return bless {
        handle => $handle, out => Outbox->new($handle), in => '', came => $now, since => time, role => '', who => '',
        cols => 80, rows => 24, typed => 0, plain => 0,
        # Of `d` payload: whether it waits to be told what was taken, taken, and told; whether its last was too much.
        credit => 0, given => 0, told => 0, filled => 0,
        # Of `o` payload: put into the queue (and not taken out again), acknowledged, and at the last L; and where that is in
        # all that is written.
        sent => 0, acked => 0, base => 0, log_end => 0, progress => $now, stale => 0,
        window => SMALLEST, fastest => undef, marks => [],
    }, $class;
}

sub frame { my ($self, $type, $payload) = @_; $self->{out}->add(Frame::encode($type, $payload)) }

sub output {
    my ($self, $bytes, $now) = @_;
    $self->{progress} = $now if $self->{acked} >= $self->{sent};
    for (my $at = 0; $at < length $bytes; $at += FRAME) {
        my $piece = substr $bytes, $at, FRAME;
        $self->{out}->add(Frame::encode('o', $piece), length $piece);
    }
    $self->{sent} += length $bytes;
    # Enough of them for the largest window; a flood comes in pieces of 64 KiB.
    push @{ $self->{marks} }, [$self->{sent}, $now, $self->{acked}] if @{ $self->{marks} } < 256;
}

# Live output that is still on its way. The log does not count.
sub outstanding {
    my ($self) = @_;
    my $taken = $self->{acked} > $self->{base} ? $self->{acked} : $self->{base};
    return $self->{sent} - $taken;
}

# Until when an acknowledgement must come, if one must.
sub deadline { my ($self) = @_; return $self->{acked} < $self->{sent} && !$self->{stale} ? $self->{progress} + STALL : undef }

sub acknowledge {
    my ($self, $acked, $now) = @_;
    return if $acked <= $self->{acked};
    $self->{acked} = $acked > $self->{sent} ? $self->{sent} : $acked;
    $self->{progress} = $now;
    my ($marks, $mark) = ($self->{marks});
    $mark = shift @$marks while @$marks && $marks->[0][0] <= $self->{acked};
    return unless $mark;
    my $took = $now - $mark->[1];
    $took = 1e-4 if $took < 1e-4;
    $self->{fastest} = $took if !defined $self->{fastest} || $took < $self->{fastest};
    # Twice the bandwidth-delay product, by the shortest round trip: a slow terminal must not look like a long line.
    my $wanted = 2 * ($self->{acked} - $mark->[2]) / $took * $self->{fastest};
    my $kept = 0.9 * $self->{window};
    $wanted = $kept if $wanted < $kept;
    $self->{window} = $wanted < SMALLEST ? SMALLEST : $wanted > LARGEST ? LARGEST : $wanted;
}

# Too far behind: nothing more until everything sent is acknowledged, then the log anew.
sub drop {
    my ($self) = @_;
    $self->{sent} -= $self->{out}->clear;
    $self->{stale} = 1;
    $self->{marks} = [];
}

# A watcher is behind once live output fills its window with the log's end sent, or, with the log not sent yet, far too
# much waits.
sub behind {
    my ($self) = @_;
    return 1 if $self->{out}{bytes} > QUEUE_LIMIT;
    return $self->{out}{written} >= $self->{log_end} && $self->outstanding > $self->{window};
}

# What it typed has been taken, and it may send more.
sub give_credit {
    my ($self) = @_;
    return if !$self->{credit} || $self->{given} - $self->{told} < CREDIT_STEP;
    $self->{told} = $self->{given};
    $self->tell_credit;
}

sub tell_credit { my ($self) = @_; $self->frame('a', pack 'Q>', $self->{told}) if $self->{told} }

sub caught_up { my ($self) = @_; return $self->{stale} && $self->{acked} >= $self->{sent} }

# The log, up to L, and what the program is in the middle of writing. `$again` says Y first.
sub replay {
    my ($self, $log, $flags, $now, $again) = @_;
    $self->{sent} -= $self->{out}->clear if $again;
    if ($again) {
        $self->frame('Y', '');
        # What was told may have been thrown away with the queue.
        $self->tell_credit;
    }
    my $replay = $log->replay;
    if ($self->{plain}) {
        $self->frame('T', Modes::transition({}, $log->{modes}));
    }
    else {
        $self->frame('R', pack 'n2', @{ $replay->{size} });
        $self->frame('T', $replay->{modes}) if defined $replay->{modes};
        for my $part (@{ $replay->{parts} }) {
            if (ref $part) { $self->frame('R', pack 'n2', @$part) } else { $self->output($part, $now) }
        }
    }
    $self->frame('W', pack 'C', $self->{role} eq 'owner' ? 1 : 0);
    $self->frame('L', pack 'C', $flags);
    $self->{log_end} = $self->{out}{written} + $self->{out}{bytes};
    $self->{base} = $self->{sent};
    $self->{progress} = $now;
    $self->{stale} = 0;
    $self->{marks} = [];
    $self->{nudge} = $replay->{alt_cut} || $self->{plain} ? 1 : 0;
    $self->output($replay->{rest}, $now) if length $replay->{rest};
}

1;
