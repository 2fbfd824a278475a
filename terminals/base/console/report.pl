# What `pet-console status` prints: a line of the session, then one for each client, fields parted by tabs.
package Report;
use strict;

sub lines {
    my $command = '';
    my $group = Kernel::foreground($Session::session{terminal}) || $Session::session{pid};
    if (open my $file, '<', "/proc/$group/cmdline") {
        sysread $file, $command, 256;
        $command =~ s/\0+\z//;
        $command =~ s/[\x00-\x1f\x7f]/ /g;
    }
    my @lines = ([@Session::session{qw(name since pid)}, $command]);
    push @lines, [@$_{qw(role who cols rows since)}] for @Crowd::clients;
    return join '', map { join("\t", @$_) . "\n" } @lines;
}

1;
