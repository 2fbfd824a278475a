# A client at the end of a line with this round trip (s) and bandwidth (bytes/s), by a clock of the test's own: prints the
# window the holder comes to, in bytes.
use strict;
use warnings;

our $lib = shift;
sub load { require "$main::lib/$_.pl" for @_ }
load('frame', 'outbox', 'client');

my ($trip, $bandwidth) = @ARGV;
open my $nowhere, '>', '/dev/null' or die;
my $client = Client->new($nowhere, 0);
my ($now, $free, @coming) = (0, 0);

sub write_out {
    my ($bytes) = @_;
    $client->output('x' x $bytes, $now);
    $client->{out}->flush;
    $free = $now if $free < $now;
    $free += $bytes / $bandwidth;
    push @coming, [$free + $trip, $client->{sent}];
}

# A prompt, then a flood for three seconds.
write_out(20);
$now = $trip + 0.001;
while ($now < 3) {
    while (@coming && $coming[0][0] <= $now) { $client->acknowledge((shift @coming)->[1], $now) }
    write_out(16384) while $client->outstanding <= $client->{window};
    $now += 0.0005;
}
print int $client->{window};
