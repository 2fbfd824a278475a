# How a command begins: its streams, its process group, and the way through the person's login shell.
package Command;
use strict;

main::load('kernel', 'person');

sub begin {
    my ($command, $hello) = @_;
    my $person = Person::login();
    my ($master, $slave, @pipes);
    if ($command->{terminal}) {
        ($master, $slave) = Kernel::open_terminal() or return;
        my ($cols, $rows) = map { ($hello->{$_}[0] // '') =~ /^(\d{1,5})$/ && $1 < 65536 ? $1 + 0 : 0 } qw(cols rows);
        Kernel::set_size($master, $cols || 80, $rows || 24);
    }
    else {
        for my $name (qw(input output errors)) { pipe my $from, my $to or return; push @pipes, $from, $to }
    }
    my $pid = fork // return;
    if (!$pid) {
        if ($slave) { Kernel::take_terminal($slave) }
        else {
            setpgrp 0, 0;
            open STDIN, '<&', $pipes[0];
            open STDOUT, '>&', $pipes[3];
            open STDERR, '>&', $pipes[5];
        }
        Person::become($person);
        for my $pair (@{ $hello->{env} // [] }) {
            my ($name, $value) = split /=/, $pair, 2;
            $ENV{$name} = $value // '' if $name =~ /^[A-Za-z_][A-Za-z0-9_]*$/;
        }
        if ($command->{terminal}) { $ENV{TERM} = Person::terminal_kind($ENV{TERM}) } elsif (!defined $ENV{TERM}) { $ENV{TERM} = 'dumb' }
        $SIG{$_} = 'DEFAULT' for qw(PIPE CHLD HUP TERM INT USR1);
        become_command($command, $person->{shell}, getppid);
        require POSIX;
        POSIX::_exit(127);
    }
    if ($slave) {
        close $slave;
        Frame::nonblocking($master);
        @$command{qw(stdin master)} = ($master, $master);
        $command->{sources}{ fileno $master } = [$master, 'o'];
    }
    else {
        setpgrp $pid, $pid;
        my ($input, $output, $errors) = @pipes[1, 2, 4];
        Frame::nonblocking($input, $output, $errors);
        $command->{stdin} = $input;
        $command->{sources}{ fileno $output } = [$output, 'o'];
        $command->{sources}{ fileno $errors } = [$errors, 'x'];
    }
    @$command{qw(pid ended)} = ($pid, Kernel::child_handle($pid));
    return 1;
}

# The person's words travel as arguments: no shell reads them. `exec` is given through env where the command's own
# name begins with a dash, because not every shell's exec knows `--`.
sub become_command {
    my ($command, $shell, $launcher) = @_;
    my @argv = @{ $command->{argv} };
    if ($command->{script}) { { exec { $shell } Person::login_name($shell) } return }
    my $env = $argv[0] =~ /^-/ ? 'env -- ' : '';
    my ($name) = $shell =~ m{([^/]+)$};
    if ($name eq 'fish') {
        my $script = 'type -q -- $argv[2]; or begin; kill -USR1 $argv[1]; exit 127; end; exec ' . $env . '$argv[2..-1]';
        { exec { $shell } $shell, '-l', '-c', $script, $launcher, @argv }
        return;
    }
    $shell = '/bin/sh' unless $name =~ /^(?:ba|da|z|k|mk|a)?sh$|^busybox$/;
    my $script = qq{trap "kill -USR1 $launcher" EXIT; command -v "\$1" >/dev/null 2>&1 || exit 127; exec $env"\$@"};
    exec { $shell } $shell, '-l', '-c', $script, 'pet', @argv;
}

1;
