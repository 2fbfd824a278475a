# `pet-console status`: asks a running holder, starts none. Nothing is printed where no session runs.
package Status;
use strict;

main::load('frame', 'place');

sub show {
    my ($name) = @_;
    my $socket = Place::connect(Place::name($name)) or exit 0;
    syswrite $socket, Frame::encode('S', '');
    my $in = '';
    while (sysread $socket, $in, 65536, length $in) { }
    while (my $frame = Frame::take(\$in)) { print $frame->[1] if $frame->[0] eq 'o' }
    exit 0;
}

1;
