# One command: with the login shell's environment, in the home, its streams kept apart (or on a terminal), its input
# held back without holding back a signal, and gone within five seconds once the line has died.
package Launch;
use strict;

main::load('kernel', 'outbox', 'command');

sub GULP() { 64 << 10 } sub OUTPUT_LIMIT() { 512 << 10 } sub INPUT_LIMIT() { 1 << 20 } sub CREDIT_STEP() { 64 << 10 }
# Since the line died, in seconds.
sub TERM_AFTER() { 1 } sub KILL_AFTER() { 3 }

our %command;
our $in;

sub run {
    my ($hello, $rest) = @_;
    my $script = ($hello->{script}[0] // '') eq '1';
    my @argv = @{ $hello->{arg} // [] };
    Frame::refuse('protocol', 'no command was given') unless $script || @argv;
    %command = (
        terminal => ($hello->{tty}[0] // '') eq '1', credit => ($hello->{credit}[0] // '') eq '1', argv => \@argv,
        script => $script, taken => 0, told => 0, out => Outbox->new(*STDOUT), sources => {}, input => '', never_ran => 0,
    );
    # The login shell itself says so, by its trap, when it could not become the command.
    $SIG{USR1} = sub { $command{never_ran} = 1 };
    $SIG{CHLD} = sub { };
    $SIG{TERM} = $SIG{HUP} = $SIG{INT} = sub { line_died() };
    Command::begin(\%command, $hello) or Frame::refuse('start', "the command could not be started: $!");
    Frame::nonblocking(*STDIN, *STDOUT);
    $in = $rest;
    handle_frames();
    turn() until defined $command{status};
    farewell();
}

# One round of the loop.
sub turn {
    my ($read, $write) = ('', '');
    my $stdin = fileno STDIN;
    my $may_hear = !$command{deaf} && length $in < 2 * INPUT_LIMIT && (length $command{input} <= INPUT_LIMIT || $command{credit});
    vec($read, $stdin, 1) = 1 if $may_hear;
    if ($command{out}{bytes} < OUTPUT_LIMIT) { vec($read, $_, 1) = 1 for keys %{ $command{sources} } }
    vec($write, fileno STDOUT, 1) = 1 if $command{out}{bytes};
    vec($write, fileno $command{stdin}, 1) = 1 if $command{stdin} && length $command{input};
    vec($read, fileno $command{ended}, 1) = 1 if $command{ended};
    my $found = select $read, $write, undef, timeout();
    if ($found > 0) {
        hear() if $may_hear && vec $read, $stdin, 1;
        for my $number (keys %{ $command{sources} }) { pass_on($number) if vec $read, $number, 1 }
    }
    feed();
    flush_out();
    press_on();
    look_for_end();
}

sub timeout {
    return 0.1 if defined $command{died};
    return $command{ended} ? undef : 1;
}

sub look_for_end {
    my $pid = waitpid $command{pid}, 1;
    return unless $pid;
    $command{status} = $pid == $command{pid} ? Kernel::exit_status($?) : 255;
}

# ---- the near end

sub hear {
    my $n = sysread STDIN, $in, 256 << 10, length $in;
    return if !defined $n && ($! == 11 || $! == 4);
    return line_died() unless $n;
    handle_frames();
}

my %handlers = (
    d => sub { $command{input} .= $_[0] unless $command{input_over} },
    e => sub { $command{input_over} = 1 },
    r => sub {
        my ($cols, $rows) = unpack 'n2', $_[0];
        Kernel::set_size($command{master}, $cols, $rows) if $command{master} && $cols && $rows;
    },
    s => sub { signal(unpack 'C', $_[0]) },
    p => sub { $command{out}->add(Frame::encode('P', substr $_[0], 0, 64)) if $command{out}{bytes} < 2 * OUTPUT_LIMIT },
    a => sub { },
    y => sub { },
    # Everything runs on, and what it writes goes nowhere.
    b => sub { @command{qw(deaf mute input_over)} = (1, 1, 1) },
);

sub handle_frames {
    my $fine = Frame::each_whole(\$in, sub {
        my ($type, $payload) = @_;
        my $handler = $handlers{$type};
        if ($handler) { $handler->($payload) } else { protocol_error('no such frame') }
    });
    protocol_error('a frame is too long') unless $fine;
    feed();
}

sub protocol_error {
    return if $command{deaf};
    $command{out}->add(Frame::error_frame('protocol', $_[0]));
    $command{out}->flush;
    line_died();
}

# ---- the command's streams

sub feed {
    my $stdin = $command{stdin} or return;
    while (length $command{input}) {
        my $n = syswrite $stdin, $command{input}, 65536;
        if (!defined $n) {
            next if $! == 4;
            return credit() if $! == 11;
            # It has closed its input: what comes is taken and dropped, as a pipe's writer would be told.
            $command{taken} += length $command{input};
            $command{input} = '';
            last;
        }
        $command{taken} += $n;
        substr($command{input}, 0, $n) = '';
    }
    credit();
    return unless $command{input_over};
    if ($command{master}) { syswrite $stdin, "\x04" unless $command{eof_sent}++ }
    else { close $stdin; $command{stdin} = undef }
}

sub credit {
    return unless $command{credit} && $command{taken} > $command{told};
    return if $command{taken} - $command{told} < CREDIT_STEP && length $command{input};
    $command{told} = $command{taken};
    $command{out}->add(Frame::encode('a', pack 'Q>', $command{taken}));
}

# False once there is nothing to be had for now.
sub pass_on {
    my ($number) = @_;
    my ($source, $type) = @{ $command{sources}{$number} // return 0 };
    my $bytes = '';
    while (length $bytes < GULP) {
        my $n = sysread $source, $bytes, GULP, length $bytes;
        next if !defined $n && $! == 4;
        delete $command{sources}{$number} if defined $n ? $n == 0 : $! != 11;
        last unless $n;
    }
    return 0 if $bytes eq '';
    $command{out}->add(Frame::encode($type, $bytes)) unless $command{mute};
    return 1;
}

sub flush_out {
    return unless $command{out}{bytes};
    return if $command{out}->flush;
    $command{mute} = 1;
    line_died();
}

# ---- signals and ends

sub signal {
    my ($number) = @_;
    return unless $number && $number < 65;
    kill $number, -$command{pid};
    my $front = $command{master} ? Kernel::foreground($command{master}) : 0;
    kill $number, -$front if $front > 1 && $front != $command{pid};
}

sub line_died {
    return if $command{died} || $command{deaf};
    @command{qw(died deaf mute input_over input)} = (Kernel::now(), 1, 1, 1, '');
    signal(1);
    # What is stopped cannot hear.
    signal(18);
}

sub press_on {
    return unless defined $command{died};
    my $since = Kernel::now() - $command{died};
    if ($since >= KILL_AFTER) { signal(9) }
    elsif ($since >= TERM_AFTER && !$command{term_sent}++) { signal(15); signal(18) }
}

# What it wrote before it ended is in the pipes; what its children may still write is not waited for.
sub farewell {
    if (defined $command{died}) { end_group() ; exit 1 }
    for my $number (keys %{ $command{sources} }) {
        while (pass_on($number)) { flush_blocking() }
    }
    $command{out}->add(last_frame());
    flush_blocking();
    exit 0;
}

# The first of the group has ended; others of it may not have.
sub end_group {
    while (kill 0, -$command{pid}) {
        press_on();
        select undef, undef, undef, 0.05;
        last if Kernel::now() - $command{died} > KILL_AFTER + 1;
    }
}

sub flush_blocking {
    while ($command{out}{bytes}) {
        $command{out}->flush or return;
        last unless $command{out}{bytes};
        my ($read, $write) = ('', '');
        vec($write, fileno STDOUT, 1) = 1;
        vec($read, fileno STDIN, 1) = 1 unless $command{deaf};
        select $read, $write, undef, undef;
        next unless !$command{deaf} && vec $read, fileno STDIN, 1;
        # Of no use any more, but a line that died must not be waited for.
        my $n = sysread STDIN, my $unread, 65536;
        exit 1 if defined $n && !$n;
    }
}

sub last_frame {
    my $status = $command{status};
    return Frame::encode('X', pack 'C', $status) unless $command{never_ran} && ($status == 126 || $status == 127);
    my $name = $command{argv}[0];
    chdir Person::login()->{home} if $name =~ m{/} && $name !~ m{^/};
    my $there = $name =~ m{/} ? -e $name || -l $name : $status == 126;
    return Frame::error_frame('not-executable', "$name: cannot be executed") if $there;
    return Frame::error_frame('not-found', $name eq '' ? 'the command has no name' : "$name: not found");
}

1;
