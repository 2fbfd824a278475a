# Feeds a session's log with what comes on standard input, piece by piece, and prints what one who attaches then would get, as
# frames. A piece is a frame: `o` output, `R` a size.
use strict;
use warnings;

our $lib = shift;
sub load { require "$main::lib/$_.pl" for @_ }
load('frame', 'log');

my ($limit, $cols, $rows) = @ARGV;
my $log = Log->new($limit, $cols, $rows);
binmode STDIN;
binmode STDOUT;
local $/;
my $in = <STDIN>;
while (my $frame = Frame::take(\$in)) {
    my ($type, $payload) = @$frame;
    if ($type eq 'o') { $log->append($payload) } else { $log->resize(unpack 'n2', $payload) }
}
my $replay = $log->replay;
print Frame::encode('R', pack 'n2', @{ $replay->{size} });
print Frame::encode('T', $replay->{modes}) if defined $replay->{modes};
print Frame::encode(ref $_ ? 'R' : 'o', ref $_ ? pack 'n2', @$_ : $_) for @{ $replay->{parts} };
print Frame::encode('L', chr($replay->{alt_cut} ? 1 : 0));
print Frame::encode('o', $replay->{rest}) if length $replay->{rest};
