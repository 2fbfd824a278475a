# Both ways of the stream that carries files: PROTOCOL.md, beside this file, says what is in it. The near end sends this
# program along with every call, so that it fits whatever image a workspace was made from: perl-base is all it needs.
package Stream;
use strict;
use Fcntl qw(:DEFAULT F_SETFL O_NONBLOCK);

my ($in, $at, $out) = ('', 0, '');
my $piece = 1 << 18;

sub open_both {
    binmode STDIN;
    binmode STDOUT;
    # A pipe of 1 MiB (F_SETPIPE_SZ) has both sides woken less often; where it may not be so large, it works as it is.
    fcntl STDIN, 1031, 1 << 20;
    fcntl STDOUT, 1031, 1 << 20;
    fcntl STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK;
}

# ---- in

# At least so many bytes in hand, or the end of a near end that went away.
sub need {
    my ($count) = @_;
    return if length($in) - $at >= $count;
    substr $in, 0, $at, '';
    $at = 0;
    while (length $in < $count) {
        my $got = sysread STDIN, $in, $piece, length $in;
        next if !defined $got && $!{EINTR};
        die "gone\n" unless $got;
    }
}

# The next frame: its type and its payload, but for one of file's bytes, whose payload is left for `bytes_into`.
sub next_frame {
    need(5);
    my ($type, $length) = unpack 'aN', substr $in, $at, 5;
    $at += 5;
    return ($type, $length) if $type eq 'B';
    need($length);
    my $payload = substr $in, $at, $length;
    $at += $length;
    return ($type, $payload);
}

sub bytes_into {
    my ($file, $left) = @_;
    while ($left > 0) {
        need(1);
        my $count = length($in) - $at;
        $count = $left if $count > $left;
        my $done = syswrite $file, $in, $count, $at;
        next if !defined $done && $!{EINTR};
        return 0 unless defined $done;
        $at += $done;
        $left -= $done;
    }
    return 1;
}

# ---- out

sub frame {
    my ($type, $payload) = @_;
    $out .= pack('aN', $type, length $payload) . $payload;
    flush() if length $out >= $piece;
}

# As many of a file's bytes as there are, but for so many at most: straight into their frame.
sub bytes_of {
    my ($file, $most) = @_;
    my $start = length $out;
    $out .= "B\0\0\0\0";
    my $got = sysread $file, $out, $most < $piece ? $most : $piece, $start + 5;
    if ($got) { substr $out, $start + 1, 4, pack 'N', $got }
    else { substr $out, $start, 5, '' }
    flush() if length $out >= $piece;
    return $got;
}

# Nobody reads any more once the near end has closed our input: it says nothing after its request.
sub flush {
    my ($done, $whole) = (0, length $out);
    while ($done < $whole) {
        my $count = syswrite STDOUT, $out, $whole - $done, $done;
        if (defined $count) { $done += $count; next }
        die "gone\n" unless $!{EAGAIN} || $!{EINTR};
        my ($read, $write) = ('', '');
        vec($read, fileno STDIN, 1) = 1;
        vec($write, fileno STDOUT, 1) = 1;
        select $read, $write, undef, undef;
        die "gone\n" if vec($read, fileno STDIN, 1) && !sysread STDIN, my $word, 1;
    }
    $out = '';
}

sub fields { return split /\0/, $_[0], -1 }

# What went wrong, and with what: the near end has the words for it.
sub refuse {
    my ($code, $path, $reason) = @_;
    $path =~ tr{/}{}s;
    die { code => $code, path => $path, reason => $reason // '' };
}

sub fault { return $!{ENOSPC} || $!{EDQUOT} ? 'full' : 'fault' }

# ---- the place

# The entry point may have begun just now: see pet-console.
sub wait_until_ready {
    for (my $waited = 0; !-e '/run/pet/ready' && ($waited < 400 || -e '/run/pet/preparing'); $waited++) {
        select undef, undef, undef, 0.005;
    }
}

sub home {
    my ($user, $home) = map { $ENV{$_} // '' } qw(PET_USER PET_HOME);
    return $home if $home ne '';
    return "/home/$user" if $user ne '';
    return (getpwuid $<)[7] // '/';
}

# A path as a person writes it: from the home, and `~` is the home.
sub absolute {
    my ($path) = @_;
    $path =~ s{^~(?=/|\z)}{home()}e;
    return $path =~ m{^/} ? $path : home() . "/$path";
}

sub main {
    my ($act) = @_;
    open_both();
    wait_until_ready();
    my ($type, $payload) = next_frame();
    my $done = $type eq 'Q' && eval { $act->(fields($payload)); 1 };
    my $why = $done ? '' : $@;
    if (ref $why) {
        frame('X', join "\0", @$why{qw(code path reason)});
        eval { flush() };
    }
    elsif (!$done) {
        print STDERR $why if $why ne "gone\n";
        exit 1;
    }
    # The near end has the last word: an engine waits only so long for somebody to take what one has said who is gone.
    my $rest = '';
    1 while sysread STDIN, $rest, $piece;
    exit 0;
}
