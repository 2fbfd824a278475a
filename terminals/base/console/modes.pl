# The modes a terminal is in: a flat table from a mode's key to the control string that brings it about, and the
# strings that lead from one table to another. Cursor position and screen contents are not modes.
#
# Keys: p… private modes, a… ANSI modes, g0–g3 and gl charsets, region0/1, kitty0/1 (of the normal and the alternate
# screen), alt, pen, saved (the pen that leaving the alternate screen brings back), style, keypad, title, titles, m…
# modifyOtherKeys, osc… colours, link.
package Modes;
use strict;

my %on_at_first = map { $_ => 1 } qw(p7 p8 p25);
# The alternate screen is kept apart; 1048 is a cursor, 2026 lasts an instant and must never be left on.
my %not_a_mode = map { $_ => 1 } qw(3 47 1047 1048 1049 2026);

# Takes one whole control sequence into account. Returns 'alt' or 'main' where it switches the screen, 'reset' for RIS.
sub apply {
    my ($modes, $sequence) = @_;
    my $kind = substr $sequence, 1, 1;
    return control($modes, $sequence) if $kind eq '[';
    if ($kind eq ']') { command($modes, $sequence); return }
    if ($kind =~ m{[()*+\-./]}) {
        my $slot = index('()*+', $kind);
        $slot = 1 + index('-./', $kind) if $slot < 0;
        $modes->{"g$slot"} = $sequence;
        return;
    }
    if ($kind eq '=' || $kind eq '>') { $modes->{keypad} = $sequence }
    elsif ($kind eq 'n' || $kind eq 'o') { $modes->{gl} = $sequence }
    elsif ($kind eq 'c') { return 'reset' }
    return;
}

sub control {
    my ($modes, $sequence) = @_;
    my $final = substr $sequence, -1;
    if ($final eq 'm') { pen($modes, $sequence); return }
    return if $final !~ /[hlrqput]/;
    my $body = substr $sequence, 2, -1;
    if ($final eq 'h' || $final eq 'l') { return switch_modes($modes, $body, $final) }
    if ($final eq 'r') { $modes->{ $modes->{alt} ? 'region1' : 'region0' } = $sequence if $body =~ /^[\d;]*$/ }
    elsif ($final eq 'q') { $modes->{style} = $sequence if $body =~ /^\d* $/ }
    elsif ($final eq 'p') { soft_reset($modes) if $body eq '!' }
    elsif ($final eq 'u') { keyboard($modes, $body) }
    elsif ($final eq 't') { title_stack($modes, $body) }
    return;
}

sub switch_modes {
    my ($modes, $body, $final) = @_;
    my $screen;
    if ($body =~ /^\?([\d;]+)$/) {
        for my $mode (split /;/, $1) {
            if ($mode == 47 || $mode == 1047 || $mode == 1049) { $screen = turn_screen($modes, $mode, $final) || $screen }
            elsif (!$not_a_mode{$mode} && length $mode < 6) { $modes->{"p$mode"} = "\e[?$mode$final" }
        }
    }
    elsif ($body =~ /^[\d;]+$/) { $modes->{"a$_"} = "\e[$_$final" for grep { $_ eq '4' || $_ eq '20' } split /;/, $body }
    return $screen;
}

sub turn_screen {
    my ($modes, $mode, $final) = @_;
    if ($final eq 'h') {
        return if $modes->{alt};
        $modes->{saved} = join "\0", map { $modes->{$_} // '' } qw(pen g0 g1 g2 g3 gl) if $mode == 1049;
        $modes->{alt} = "\e[?${mode}h";
        return 'alt';
    }
    return unless delete $modes->{alt};
    delete $modes->{region1};
    if ($mode == 1049 && defined(my $saved = delete $modes->{saved})) {
        my @saved = split /\0/, $saved, -1;
        for my $key (qw(pen g0 g1 g2 g3 gl)) {
            my $value = shift @saved;
            if ($value eq '') { delete $modes->{$key} } else { $modes->{$key} = $value }
        }
    }
    return 'main';
}

# The pen is kept as it was written since the last reset, and made shorter only when that grows long: exact and cheap.
sub pen {
    my ($modes, $sequence) = @_;
    if ($sequence eq "\e[m" || $sequence eq "\e[0m") { delete $modes->{pen}; return }
    return unless $sequence =~ /^\e\[[\d;:]*m$/ ? 1 : $sequence =~ /^\e\[>/ && other_keys($modes, $sequence);
    if ($sequence =~ /^\e\[0?;/) { $modes->{pen} = $sequence; return }
    my $pen = ($modes->{pen} // '') . $sequence;
    $modes->{pen} = length $pen > 256 ? shorter_pen($pen) : $pen;
}

# The same for a whole run of text in which SGR is the only mode.
sub pen_run {
    my ($modes, $run) = @_;
    my $reset = -1;
    for my $form ("\e[m", "\e[0m", "\e[0;") {
        my $at = rindex $run, $form;
        $reset = $at if $at > $reset;
    }
    if ($reset >= 0) {
        delete $modes->{pen};
        substr($run, 0, $reset) = '';
    }
    elsif (index($run, "\e") < 0) { return }
    pen($modes, $_) for $run =~ /\e\[[\d;:]*m/g;
}

# One sequence an attribute, the latest of each.
sub shorter_pen {
    my ($pen) = @_;
    my (%attributes, $count);
    for my $body ($pen =~ /\e\[([\d;:]*)m/g) {
        my @numbers = split /;/, $body, -1;
        @numbers = ('') unless @numbers;
        while (@numbers) {
            my $one = shift @numbers;
            my ($number) = $one =~ /^(\d*)/;
            $number ||= 0;
            if ($number == 0) { %attributes = (); next }
            if ($number =~ /^[345]8$/ && $one !~ /:/) {
                my $how = shift @numbers;
                my @rest = ($how // '') eq '5' ? splice @numbers, 0, 1 : ($how // '') eq '2' ? splice @numbers, 0, 3 : ();
                $one = join ';', $one, grep { defined } $how, @rest;
            }
            my $group
                = $number == 38 || ($number >= 30 && $number <= 37) || $number == 39 || ($number >= 90 && $number <= 97) ? 'fg'
                : $number == 48 || ($number >= 40 && $number <= 47) || $number == 49 || ($number >= 100 && $number <= 107) ? 'bg'
                : $number == 58 || $number == 59 ? 'line'
                : $number == 1 || $number == 2 ? "weight$number" : $number == 22 ? 'weight'
                : $number == 21 ? 4 : $number > 22 && $number < 30 ? { 23 => 3, 24 => 4, 25 => 5, 27 => 7, 28 => 8, 29 => 9 }->{$number} // $number
                : $number == 6 ? 5 : $number == 55 ? 53 : $number;
            delete @attributes{qw(weight1 weight2)} if $group eq 'weight';
            $attributes{$group} = [$count++, "\e[${one}m"];
        }
    }
    return join '', map { $_->[1] } sort { $a->[0] <=> $b->[0] } values %attributes;
}

# modifyOtherKeys and its kin: CSI > resource ; value m.
sub other_keys {
    my ($modes, $sequence) = @_;
    if ($sequence =~ /^\e\[>(\d{1,2})(?:;(\d*))?m$/) { $modes->{"m$1"} = $sequence }
    elsif ($sequence eq "\e[>m") { delete @$modes{ grep { /^m\d/ } keys %$modes } }
    return 0;
}

# Kitty's keyboard flags: what is in force, then what is pushed below it, a stack for each screen.
sub keyboard {
    my ($modes, $body) = @_;
    my $key = $modes->{alt} ? 'kitty1' : 'kitty0';
    my @stack = split /,/, $modes->{$key} // '0';
    if ($body =~ /^>(\d*)/) { push @stack, $1 || 0; splice @stack, 1, 1 if @stack > 12 }
    elsif ($body =~ /^<(\d*)/) {
        for (1 .. (($1 || 1) > 20 ? 20 : $1 || 1)) { @stack > 1 ? pop @stack : ($stack[0] = 0) }
    }
    elsif ($body =~ /^=(\d*)(?:;(\d*))?/) {
        my ($flags, $how) = ($1 || 0, $2 || 1);
        $stack[-1] = $how == 1 ? $flags + 0 : $how == 2 ? $stack[-1] | $flags : $stack[-1] & ~$flags;
    }
    else { return }
    $modes->{$key} = join ',', @stack;
}

sub title_stack {
    my ($modes, $body) = @_;
    return unless $body =~ /^(22|23)(?:;[012]?)?(?:;\d*)?$/;
    my @titles = split /\0/, $modes->{titles} // '', -1;
    if ($1 == 22) { push @titles, $modes->{title} // "\e]2;\a"; shift @titles if @titles > 10 }
    elsif (@titles) { $modes->{title} = pop @titles }
    $modes->{titles} = join "\0", @titles;
}

# Titles, colours, an open link. What is very long is not kept.
sub command {
    my ($modes, $sequence) = @_;
    return if length $sequence > 1024 || $sequence !~ /^\e\](\d+)(?:;(.*?))?(?:\a|\e\\)$/s;
    my ($number, $text) = ($1, $2 // '');
    if ($number == 0 || $number == 2) { $modes->{title} = "\e]$number;$text\a" }
    elsif ($number == 8) { if ($text =~ /^[^;]*;./s) { $modes->{link} = "\e]8;$text\a" } else { delete $modes->{link} } }
    elsif ($number >= 10 && $number <= 12) {
        # Further values are for the colours that follow; a question sets nothing.
        for my $value (split /;/, $text) {
            $modes->{"osc$number"} = "\e]$number;$value\a" if $number <= 12 && $value ne '?' && $value ne '';
            $number++;
        }
    }
    elsif ($number >= 110 && $number <= 112) { my $of = $number - 100; $modes->{"osc$of"} = "\e]$number\a" }
    elsif ($number == 4 && $text =~ /^(\d{1,3});[^?;]+$/) { $modes->{"osc4.$1"} = "\e]4;$text\a" }
    elsif ($number == 104 && $text eq '') { $modes->{$_} = "\e]104\a" for grep { /^osc4\./ } keys %$modes }
}

sub soft_reset {
    my ($modes) = @_;
    delete @$modes{qw(pen g0 g1 g2 g3 gl)};
    $modes->{ $modes->{alt} ? 'region1' : 'region0' } = "\e[r";
    $modes->{keypad} = "\e>";
    @$modes{qw(p1 p6 p25 a4)} = ("\e[?1l", "\e[?6l", "\e[?25h", "\e[4l");
}

# RIS: everything but the title.
sub reset {
    my ($modes) = @_;
    my @kept = grep { exists $modes->{$_} } qw(title titles);
    my %kept;
    @kept{@kept} = @$modes{@kept};
    %$modes = %kept;
}

# What a mode is set back by when it went from a table altogether.
my %at_first = (
    pen => "\e[m", keypad => "\e>", gl => "\x0f", g0 => "\e(B", g1 => "\e)B", g2 => "\e*B", g3 => "\e+B",
    style => "\e[ q", link => "\e]8;;\a", title => "\e]2;\a", region0 => "\e[r", region1 => "\e[r",
);

# The control string that leads a terminal from one table of modes to another.
sub transition {
    my ($from, $to) = @_;
    my $changed = sub { ($from->{ $_[0] } // '') ne ($to->{ $_[0] } // '') };
    my $out = '';
    if ($changed->('titles')) { $out .= "$_\e[22;2t" for split /\0/, $to->{titles} // '' }
    # Before the alternate screen: what belongs to the normal one, and the pen that leaving will bring back.
    my $entering = $to->{alt} && !$from->{alt};
    if (!$from->{alt}) {
        $out .= $to->{region0} // $at_first{region0} if $changed->('region0');
        $out .= keyboard_string($to->{kitty0}) if $changed->('kitty0');
    }
    if ($entering) {
        if (defined $to->{saved}) {
            my @saved = split /\0/, $to->{saved}, -1;
            my $now = join "\0", map { $from->{$_} // '' } qw(pen g0 g1 g2 g3 gl);
            $out .= "\e[m" . join '', @saved if $to->{saved} ne $now;
            $from = { %$from };
            @$from{qw(pen g0 g1 g2 g3 gl)} = @saved;
        }
        $out .= $to->{alt};
    }
    if ($to->{alt}) {
        $out .= $to->{region1} // $at_first{region1} if $changed->('region1');
        $out .= keyboard_string($to->{kitty1}) if $changed->('kitty1');
    }
    my %other = map { $_ => 1 } keys %$from, keys %$to;
    delete @other{qw(titles saved alt region0 region1 kitty0 kitty1 pen gl)};
    for my $key (sort(keys %other), 'gl') {
        my ($old, $new) = ($from->{$key} // '', $to->{$key} // '');
        next if $old eq $new;
        $new = reset_string($key, $old) if $new eq '';
        next if $old eq '' && $key =~ /^[pa]\d/ && $new =~ /\Q@{[ $on_at_first{$key} ? 'h' : 'l' ]}\E$/;
        $out .= $new;
    }
    if ($changed->('pen') || ($from->{pen} // '') ne ($to->{pen} // '')) { $out .= "\e[m" . ($to->{pen} // '') }
    return $out;
}

sub reset_string {
    my ($key, $old) = @_;
    return $at_first{$key} if exists $at_first{$key};
    return "\e[>$1m" if $key =~ /^m(\d+)/;
    return "\e]104;$1\a" if $key =~ /^osc4\.(\d+)/;
    return "\e]1$1\a" if $key =~ /^osc(\d+)/;
    return '' unless $key =~ /^[pa]/;
    return substr($old, 0, -1) . ($on_at_first{$key} ? 'h' : 'l');
}

# Whatever was there before: popped until nothing is left, then built anew.
sub keyboard_string {
    my ($base, @pushed) = split /,/, $_[0] // '0';
    return join '', "\e[<20u", "\e[=$base;1u", map { "\e[>${_}u" } @pushed;
}

1;
