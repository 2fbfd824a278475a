# A tree of files goes out: what was asked for, in that order, each thing as it is.
package Get;
use strict;
use Fcntl;

my ($seek_data, $seek_hole) = (3, 4);
# The names of the directories we are in, and the first of several names of a file, by device and number.
my (@around, %link);
my $links = 0;
my %count = (entries => 0, bytes => 0);

# The near end gives what was asked for its names. Told to follow, a link stands for what it points to.
sub main {
    my ($manner, @paths) = @_;
    @paths = map { Stream::absolute($_) } @paths;
    for (@paths) {
        Stream::refuse($!{ENOENT} || $!{ENOTDIR} ? 'missing' : 'fault', $_, "$!") unless $manner eq 'follow' ? stat $_ : lstat $_;
    }
    Stream::frame('R', '');
    entry($_, '', $manner eq 'follow') for @paths;
    Stream::frame('.', pack 'Q>Q>', @count{qw(entries bytes)});
    Stream::flush();
}

sub entry {
    my ($path, $name, $follow) = @_;
    my @info = $follow ? stat $path : lstat $path or return skip($path, "$!");
    if (-d _) { directory($path, $name, @info) }
    elsif (-f _) { file($path, $name, $follow, @info) }
    elsif (-l _) { symbolic($path, $name) }
    else { skip($path, -p _ ? 'a pipe' : -S _ ? 'a socket' : 'a device') }
}

# Those that were named are counted on: a thing left out stands in its place.
sub skip {
    my ($path, $reason) = @_;
    Stream::frame('S', join "\0", join('/', @around, $path), $reason);
}

sub directory {
    my ($path, $name, @info) = @_;
    opendir my $back, '.' or return skip($path, "$!");
    opendir my $names, $path or return skip($path, "$!");
    chdir $names or return skip($path, "$!");
    counted('D', pack 'nq>a*', $info[2] & 07777, $info[9], $name);
    push @around, $path;
    while (defined(my $each = readdir $names)) {
        entry($each, $each) unless $each =~ /^\.\.?\z/;
    }
    pop @around;
    chdir $back or die "the way back from $path: $!\n";
    Stream::frame('U', '');
}

sub file {
    my ($path, $name, $follow, @info) = @_;
    my ($device, $number, $mode, $names) = @info;
    my ($size, $mtime, $blocks) = @info[7, 9, 12];
    my $first = 0;
    if ($names > 1) {
        my $known = $link{"$device $number"};
        return counted('H', pack 'Na*', $known, $name) if $known;
    }
    # What has become a pipe meanwhile is not waited for.
    my $flags = O_RDONLY | O_NONBLOCK | ($follow ? 0 : O_NOFOLLOW);
    sysopen my $file, $path, $flags or return skip($path, "$!");
    $first = $link{"$device $number"} = ++$links if $names > 1;
    counted('F', pack 'nq>Q>Na*', $mode & 07777, $mtime, $size, $first, $name);
    $blocks * 512 < $size ? sparse($file, $path, $size) : bytes($file, $path, $size);
}

# No more than it had when it was looked at, should it grow. @return what it turned out to be short of
sub bytes {
    my ($file, $path, $left) = @_;
    while ($left > 0) {
        my $got = Stream::bytes_of($file, $left);
        next if !defined $got && $!{EINTR};
        # Half of it must not pass for the whole.
        Stream::refuse('fault', join('/', @around, $path), "$!") unless defined $got;
        last unless $got;
        $count{bytes} += $got;
        $left -= $got;
    }
    return $left;
}

sub sparse {
    my ($file, $path, $size) = @_;
    for (my $at = 0; $at < $size;) {
        my $data = sysseek $file, $at, $seek_data;
        # No more data, but for a file system that knows of no holes.
        $data = $!{ENXIO} ? $size : $at unless defined $data;
        $data = $size if $data > $size;
        hole($data - $at) if $data > $at;
        last if $data >= $size;
        my $end = sysseek $file, $data, $seek_hole;
        $end = $size if !defined $end || $end > $size;
        sysseek $file, $data, 0;
        last if bytes($file, $path, $end - $data);
        $at = $end;
    }
}

sub hole {
    $count{bytes} += $_[0];
    Stream::frame('Z', pack 'Q>', $_[0]);
}

sub symbolic {
    my ($path, $name) = @_;
    my $text = readlink $path;
    return skip($path, "$!") unless defined $text;
    counted('L', "$name\0$text");
}

sub counted {
    $count{entries}++;
    Stream::frame(@_);
}

Stream::main(\&main);
