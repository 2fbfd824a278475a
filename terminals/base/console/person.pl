# Who works here: home, shell, and the environment a login starts from. The container's environment says it, because
# asking the name service costs time at every start; passwd is the fallback.
package Person;
use strict;

sub login {
    my %person = (user => $ENV{PET_USER} // '', home => $ENV{PET_HOME} // '', shell => $ENV{PET_SHELL} // '');
    if ($person{user} eq '') {
        my @entry = getpwuid $<;
        $person{user} = $entry[0] // "uid$<";
        $person{home} = $entry[7] // '/' if $person{home} eq '';
        $person{shell} = $entry[8] // '' if $person{shell} eq '';
    }
    $person{home} = "/home/$person{user}" if $person{home} eq '';
    $person{shell} = '/bin/bash' if $person{shell} eq '';
    $person{shell} = '/bin/sh' unless -f $person{shell} && -x _;
    return \%person;
}

# Changes this process's environment and directory into those of a login; meant for a child about to exec.
sub become {
    my ($person) = @_;
    @ENV{qw(HOME USER LOGNAME SHELL)} = @$person{qw(home user user shell)};
    delete @ENV{qw(PWD OLDPWD SHLVL COLUMNS LINES _)};
    # For /etc/profile, which sets another: see image/profile.sh.
    $ENV{PET_PATH} = $ENV{PATH} if defined $ENV{PATH};
    chdir $person->{home} or chdir '/';
    umask 022;
}

# The near end's kind of terminal, where programs here know it; else the one that most terminals pass for.
sub terminal_kind {
    my ($wanted) = @_;
    return 'xterm-256color' unless defined $wanted && $wanted =~ /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;
    my $entry = substr($wanted, 0, 1) . "/$wanted";
    for my $base ("$ENV{HOME}/.terminfo", qw(/etc/terminfo /lib/terminfo /usr/share/terminfo)) {
        return $wanted if -e "$base/$entry";
    }
    return 'xterm-256color';
}

# What login and ssh do: a name that begins with a dash makes any shell a login shell.
sub login_name {
    my ($shell) = @_;
    return '-' . ($shell =~ m{([^/]+)$} ? $1 : 'sh');
}

1;
