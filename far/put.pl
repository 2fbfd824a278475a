# A tree of files comes in. It grows in a directory of its own beside its destination; what is in it takes its final
# name only once all of it is there. That directory goes with whoever began it, or else with the next one who comes.
package Put;
use strict;
use Fcntl qw(:DEFAULT :flock);

my ($base, $final, $stage, $lock);
# Where the directory we are in will be merged into one that is there: that one's path.
my $there;
# What is around it: name, handle, mode, time and $there of each directory.
my @around;
# The file that is being written, and those of several names.
my ($file, $path, $position, $ends_in_hole, $time);
my (%first, @tops);
my %count = (entries => 0, bytes => 0);

sub main {
    my ($destination, $manner) = @_;
    umask 0;
    local @SIG{qw(HUP INT TERM)} = (sub { die "gone\n" }) x 3;
    my $whole = eval {
        choose_place($destination, $manner);
        make_stage();
        Stream::frame('R', '');
        Stream::flush();
        receive();
        1;
    };
    my $why = $@;
    $SIG{$_} = 'IGNORE' for qw(HUP INT TERM);
    my $settled = $whole && eval { settle(); 1 };
    $why = $@ unless $settled || !$whole;
    undef $file;
    remove_stage();
    die $why unless $settled;
    Stream::frame('K', '');
    Stream::flush();
}

# ---- where it goes

# As cp has it: into a directory that is there, else under the name that was given.
sub choose_place {
    my ($destination, $manner) = @_;
    my $wanted = Stream::absolute($destination);
    my $directory = $manner eq 'into' || $wanted =~ m{/\.{0,2}\z};
    if (-d $wanted) {
        Stream::refuse('directory', $destination) if $manner eq 'at';
        return $base = $wanted;
    }
    Stream::refuse('no-directory', $destination) if $directory;
    ($base, $final) = $wanted =~ m{^(.*/)([^/]+)\z}s;
    Stream::refuse('no-directory', $destination =~ m{^(.*)/}s ? $1 : '~') unless -d $base;
}

sub make_stage {
    chdir $base or Stream::refuse('fault', $base, "$!");
    opendir my $names, '.' or Stream::refuse('fault', $base, "$!");
    # Whoever has one locks it, and the lock goes with them.
    for my $old (grep { /^\.pet-put-/ } readdir $names) {
        next unless lstat $old && -d _;
        sysopen my $handle, $old, O_RDONLY | O_DIRECTORY or next;
        remove($old) if flock $handle, LOCK_EX | LOCK_NB;
    }
    for (1 .. 50) {
        $stage = sprintf '.pet-put-%d-%08x', $$, rand 1 << 32;
        mkdir $stage, 0700 or Stream::refuse(Stream::fault(), $base, "$!");
        # Another may have swept it before it was locked.
        next unless sysopen($lock, $stage, O_RDONLY | O_DIRECTORY) && flock $lock, LOCK_EX | LOCK_NB;
        next unless join(' ', (stat $lock)[0, 1]) eq join(' ', (lstat $stage)[0, 1]);
        $stage = ($base =~ m{/\z} ? $base : "$base/") . $stage;
        $there = $base;
        return chdir $lock || Stream::refuse('fault', $base, "$!");
    }
    Stream::refuse('fault', $base, 'somebody else removes what is made here');
}

# ---- what comes

my %take = (
    D => \&directory, U => \&leave, F => \&file, L => \&symbolic, H => \&hard,
    B => \&bytes, Z => \&hole,
);

sub receive {
    while (1) {
        my ($type, $payload) = Stream::next_frame();
        finish_file() if $file && $type !~ /^[BZ]/;
        last if $type eq '.' && pack('Q>Q>', @count{qw(entries bytes)}) eq $payload && !@around;
        my $act = $take{$type} or die "a frame “$type” that is out of place\n";
        $act->($payload);
    }
}

# The name an entry is made under, and what it will meet under its final one.
sub arrive {
    my ($name, $is_directory) = @_;
    $count{entries}++;
    if (!@around) {
        $name = $final if defined $final;
        push @tops, $name;
    }
    return ($name) unless defined $there;
    my $target = "$there/$name";
    return ($name) unless lstat $target;
    in_the_way($target) if $is_directory != (-d _ ? 1 : 0);
    return ($name, $target);
}

sub directory {
    my ($mode, $mtime, $name) = unpack 'nq>a*', $_[0];
    ($name, my $target) = arrive($name, 1);
    opendir my $handle, '.' or broken($name);
    mkdir $name, 0700 or broken($name);
    chdir $name or broken($name);
    push @around, [$name, $handle, $mode & 0777, $mtime, $there];
    $there = $target;
}

# One that is merged into another is only for reading from.
sub leave {
    my $merged = defined $there;
    (my ($name, $handle, $mode, $mtime), $there) = @{ pop @around };
    chdir $handle or broken($name);
    return if $merged;
    utime $mtime, $mtime, $name;
    chmod $mode, $name or broken($name) if $mode != 0700;
}

sub file {
    (my ($mode, $mtime, undef, $link), $path) = unpack 'nq>Q>Na*', $_[0];
    ($path, my $target) = arrive($path, 0);
    # What comes from a pipe has no mode of its own.
    $mode = defined $target && -f $target ? (stat _)[2] : 0644 if $mode == 0xffff;
    sysopen $file, $path, O_WRONLY | O_CREAT | O_EXCL, $mode & 0777 or broken();
    ($position, $ends_in_hole, $time) = (0, 0, $mtime);
    $first{$link} = join '/', (map { $_->[0] } @around), $path if $link;
}

sub bytes {
    my ($length) = @_;
    $position += $length;
    $count{bytes} += $length;
    $ends_in_hole = 0;
    Stream::bytes_into($file, $length) or broken();
}

sub hole {
    my $length = unpack 'Q>', $_[0];
    $position += $length;
    $count{bytes} += $length;
    $ends_in_hole = 1;
    sysseek $file, $position, 0 or broken();
}

sub finish_file {
    truncate $file, $position or broken() if $ends_in_hole;
    utime $time, $time, $file;
    close $file or broken();
    undef $file;
}

sub symbolic {
    my ($name, $text) = Stream::fields($_[0]);
    ($name) = arrive($name, 0);
    symlink $text, $name or broken($name);
}

sub hard {
    my ($link, $name) = unpack 'Na*', $_[0];
    ($name) = arrive($name, 0);
    link "$stage/$first{$link}", $name or broken($name);
}

sub broken {
    my ($name) = @_;
    my ($code, $reason) = (Stream::fault(), "$!");
    Stream::refuse($code, shown(join '/', (map { $_->[0] } @around), $name // $path), $reason);
}

sub shown { return ($base =~ m{/\z} ? $base : "$base/") . $_[0] }

sub in_the_way {
    lstat $_[0];
    Stream::refuse('in-the-way', $_[0], -d _ ? 'directory' : 'file');
}

# ---- to its final names

sub settle {
    chdir $base or Stream::refuse('fault', $base, "$!");
    merge("$stage/$_", "$base/$_", \&in_the_way) for @tops;
    merge("$stage/$_", "$base/$_") for @tops;
}

# Goes only where both sides have a directory. With a second look's word on what is in the way it changes nothing.
sub merge {
    my ($from, $to, $complain) = @_;
    lstat $from or Stream::refuse('fault', $from, "$!");
    my $directory = -d _ ? 1 : 0;
    if (!lstat $to) {
        Stream::refuse('fault', $to, "$!") unless $!{ENOENT};
        return $complain || move($from, $to, $directory);
    }
    my $meets = -d _ ? 1 : 0;
    return in_the_way($to) if $directory != $meets;
    return $complain || move($from, $to, 0) unless $directory;
    # Some file systems pass names over while others are moved away: then it is not empty yet.
    do {
        opendir my $names, $from or Stream::refuse('fault', $from, "$!");
        while (defined(my $name = readdir $names)) {
            merge("$from/$name", "$to/$name", $complain) unless $name =~ /^\.\.?\z/;
        }
    } until $complain || rmdir $from || !$!{ENOTEMPTY};
}

# A directory that may not be written cannot be moved elsewhere, as it holds the way up.
sub move {
    my ($from, $to, $directory) = @_;
    return if rename $from, $to;
    my $mode = (lstat $from)[2];
    if ($directory && $!{EACCES} && !($mode & 0200) && chmod 0700, $from) {
        return chmod $mode & 0777, $to if rename $from, $to;
    }
    Stream::refuse(Stream::fault(), $to, "$!");
}

# ---- out of the way

sub remove_stage {
    return unless defined $stage && chdir $base;
    my ($name) = $stage =~ m{([^/]+)\z};
    remove($name);
}

sub remove {
    my ($name) = @_;
    chmod 0700, $name;
    opendir my $back, '.' or return;
    if (chdir $name) {
        my $left = 1;
        # Some file systems pass names over while others are removed.
        for (my $round = 0; $left && $round < 10; $round++) {
            $left = 0;
            opendir my $names, '.' or last;
            while (defined(my $each = readdir $names)) {
                next if $each =~ /^\.\.?\z/;
                $left = 1;
                unlink $each or remove($each);
            }
        }
        chdir $back or die "gone\n";
    }
    rmdir $name;
}

Stream::main(\&main);
