# What there is whose path begins as this one does: for a person who presses Tab, so it does not look for long.
package List;
use strict;

my $most = 500;

sub main {
    my ($begun) = @_;
    my ($directory, $start) = $begun =~ m{^(.*/)?([^/]*)\z}s;
    $directory //= '';
    opendir my $names, Stream::absolute($directory) or return;
    my $count = 0;
    while (defined(my $name = readdir $names)) {
        next if index($name, $start) != 0 || $name =~ /^\.\.?\z/ || $name =~ /[\x00-\x1f\x7f]/;
        # A hidden one is for whoever asks for it.
        next if $start eq '' && $name =~ /^\./;
        my $slash = -d Stream::absolute("$directory$name") ? '/' : '';
        Stream::frame('N', "$directory$name$slash");
        last if ++$count == $most;
    }
    Stream::frame('K', '');
    Stream::flush();
}

Stream::main(\&main);
