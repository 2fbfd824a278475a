# The newest output of a session, as it was written, with the sizes it was written at: a list of chunks. Each begins
# between control sequences and knows the modes in force there, so that the log can be cut before any of them.
#
# Output is scanned in large pieces, once. What the log ends with is always whole; the beginning of a sequence or
# character that is still being written waits in `pending`.
package Log;
use strict;

sub LONGEST() { 256 << 10 } sub CHUNK() { 64 << 10 }

main::load('modes');

sub new {
    my ($class, $limit, $cols, $rows) = @_;
    my $chunk = $limit / 16;
    $chunk = CHUNK if $chunk > CHUNK;
    my $self = bless {
        limit => $limit, chunk => $chunk < 512 ? 512 : $chunk, size => [$cols, $rows], modes => {}, pending => '',
        main => [], alt => [], cut => 0, alt_cut => 0, swallowing => '', asked => undef,
    }, $class;
    $self->open_chunk('main');
    return $self;
}

# Takes output in. With a function, each query is told to it as it is met: then nothing may wait for a larger piece.
sub append {
    my ($self, $bytes, $asked) = @_;
    $self->{asked} = $asked;
    for (my $at = 0; $at < length $bytes; $at += $self->{chunk}) {
        $self->{pending} .= substr $bytes, $at, $self->{chunk};
        $self->scan if $asked || length $self->{pending} >= $self->{chunk};
    }
    $self->{asked} = undef;
}

sub resize {
    my ($self, $cols, $rows) = @_;
    $self->scan;
    $self->{size} = [$cols, $rows];
    my $chunk = $self->current;
    if (length $chunk->{parts}[-1] || @{ $chunk->{parts} } > 1) { push @{ $chunk->{parts} }, [$cols, $rows], '' }
    else { $chunk->{size} = [$cols, $rows] }
    $chunk->{bytes} += 16;
    $self->trim;
}

# What to send to one who comes: { size, modes (a string, or nothing where nothing was cut off), parts (bytes and sizes in
# their order), rest (the unfinished end) }.
sub replay {
    my ($self) = @_;
    $self->scan;
    my @chunks = (@{ $self->{main} }, @{ $self->{alt} });
    my $first = $chunks[0];
    my $whole = !$self->{cut} && @{ $self->{main} };
    my @parts;
    my $size = $first->{size};
    for my $chunk (@chunks) {
        if ("@{ $chunk->{size} }" ne "@$size") { push @parts, $chunk->{size} }
        # Within the log: the alternate screen's own beginning is gone, the normal screen's end is there.
        if ($self->{alt_cut} && $chunk == ($self->{alt}[0] // 0) && $chunk != $first) {
            push @parts, Modes::transition($self->{before_alt}, $chunk->{modes});
        }
        for my $part (@{ $chunk->{parts} }) {
            push @parts, $part if ref $part || length $part;
            $size = $part if ref $part;
        }
        $size = $chunk->{size} unless grep { ref } @{ $chunk->{parts} };
    }
    return {
        size => $first->{size}, parts => \@parts, alt_cut => $self->{alt_cut} || (!@{ $self->{main} } && $self->{cut}),
        modes => $whole ? undef : Modes::transition({}, $first->{modes}),
        rest => $self->{swallowing} . $self->{pending},
    };
}

sub current {
    my ($self) = @_;
    return $self->{ $self->{modes}{alt} && @{ $self->{alt} } ? 'alt' : 'main' }[-1] // $self->open_chunk('main');
}

sub open_chunk {
    my ($self, $list, $modes) = @_;
    my $chunk = { size => $self->{size}, modes => { %{ $modes // $self->{modes} } }, parts => [''], bytes => 0 };
    push @{ $self->{$list} }, $chunk;
    return $chunk;
}

# Text, and the sequences that move, erase or colour: nearly everything, and of all that only the pen is a mode. One match
# takes a whole run of them, because a step a sequence would be ten times slower.
my $ordinary = qr/(?>[^\e\x0e\x0f]+|\e\[[\d;:]*[A-HJ-MPSTXZ`abd-gims\@]){1,4000}/;

# Walks over what waits, control sequence by control sequence. `$from` is where what is not yet in a chunk begins;
# `$line` the end of the last line with nothing but a pen changed since, the best place for a chunk to begin.
sub scan {
    my ($self) = @_;
    return $self->scan_swallowed if $self->{swallowing} ne '';
    my ($modes, $asked) = @$self{qw(modes asked)};
    my ($from, $line, $line_pen, $text_end) = (0, -1, undef, -1);
    local $_ = $self->{pending};
    pos = 0;
    while (1) {
        if (/\G$ordinary/gc) {
            my ($start, $end) = ($-[0], $+[0]);
            my $last = rindex $_, "\n", $end - 1;
            if ($last >= $start) {
                Modes::pen_run($modes, substr $_, $start, $last - $start);
                ($line, $line_pen, $start) = ($last + 1, $modes->{pen}, $last + 1);
            }
            Modes::pen_run($modes, substr $_, $start, $end - $start);
            $text_end = $end;
            next;
        }
        if (/\G\e\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]/gc || /\G\e\][^\a\e\x18\x1a]*(?:\a|\e\\)/gc
            || /\G\e[ #%(),*+\-.\/][\x20-\x2f]*[\x30-\x7e]/gc || /\G\e[\x30-\x4f\x51-\x57\x59\x5a\x5c\x60-\x7e]/gc) {
            my ($start, $end) = ($-[0], $+[0]);
            my $sequence = substr $_, $start, $end - $start;
            $asked->($sequence) if $asked && $sequence =~ /^\e\[.*[cnt]$/s;
            # What leaving the alternate screen returns to, before it changes.
            my $before = !$modes->{alt} && $sequence =~ /^\e\[\?[\d;]*(?:47|1049)(?:;[\d;]*)?h$/ ? { %$modes } : undef;
            my $event = Modes::apply($modes, $sequence);
            $line = -1;
            next unless defined $event;
            if ($event eq 'alt') {
                $self->store(substr($_, $from, $start - $from), -1, $before);
                $self->{before_alt} = $before;
                $self->open_chunk('alt');
                $from = $start;
            }
            elsif ($event eq 'main') { $self->finish_alternate(substr($_, $from, $start - $from), $sequence); $from = $end }
            else { $self->forget; $from = $start }
            next;
        }
        if (/\G([\x0e\x0f])/gc) { $modes->{gl} = $1; $line = -1; next }
        last if pos == length;
        # Strings that end with ST, and any that something else broke off; a BEL ends an OSC alone.
        next if /\G\e[P_^X][^\e\x18\x1a]*(?:\e\\|[\x18\x1a]|(?=\e[^\\]))/gc
            || /\G\e\][^\a\e\x18\x1a]*(?:[\x18\x1a]|(?=\e[^\\]))/gc;
        last if /\G\e(?:\[[\x20-\x3f]*|\][^\a\e\x18\x1a]*\e?|[P_^X][^\e\x18\x1a]*\e?|[ #%(),*+\-.\/]*)\z/;
        pos($_) = pos($_) + 1;
    }
    my $end = pos;
    my $rest = substr $_, $end;
    my $done = substr $_, $from, $end - $from;
    # A character that is not whole yet waits too.
    if ($text_end == $end && $rest eq '' && $done =~ /([\xc0-\xf7][\x80-\xbf]{0,2})\z/) {
        my $lead = ord $1;
        if (length $1 < ($lead >= 0xf0 ? 4 : $lead >= 0xe0 ? 3 : 2)) { $rest = $1; substr($done, -length $1) = '' }
    }
    $self->{pending} = $rest;
    if ($line > $from) { $self->store($done, $line - $from, { %$modes, pen => $line_pen }) }
    else { $self->store($done, -1, $modes) }
    $self->swallow if length $rest > LONGEST;
    $self->trim;
}

# Adds whole sequences to the log. Where the chunk becomes full, the next begins at `$line`, in these modes, or else at
# the end.
sub store {
    my ($self, $bytes, $line, $modes) = @_;
    return if $bytes eq '';
    my $chunk = $self->current;
    if ($chunk->{bytes} + length $bytes < $self->{chunk}) {
        $chunk->{parts}[-1] .= $bytes;
        $chunk->{bytes} += length $bytes;
        return;
    }
    my $at = $line >= 0 ? $line : length $bytes;
    $chunk->{parts}[-1] .= substr $bytes, 0, $at;
    $chunk->{bytes} += $at;
    my $next = $self->open_chunk($chunk == ($self->{alt}[-1] // 0) ? 'alt' : 'main', $modes);
    $next->{parts}[0] = substr $bytes, $at;
    $next->{bytes} = length $next->{parts}[0];
}

# A full-screen program has left: what it drew goes, the sizes and the modes it changed stay, and so does the pair of
# switches, because they save and bring back the cursor. The older pairs do not: what such a program drew moves the
# cursor of the normal screen, and stays.
sub finish_alternate {
    my ($self, $drawn, $leave) = @_;
    if (!$self->{alt_cut} && "$self->{alt}[0]{modes}{alt}$leave" !~ /^\e\[\?1049h\e\[\?[\d;]*1049/) {
        push @{ $self->{main} }, splice @{ $self->{alt} };
        return $self->store("$drawn$leave", -1, $self->{modes});
    }
    my @sizes = map { my $chunk = $_; ($chunk->{size}, grep { ref } @{ $chunk->{parts} }) } @{ $self->{alt} };
    my $before = $self->{before_alt} // {};
    my $entered = ($self->{alt}[0]{modes}{alt}) // "\e[?1049h";
    $self->{alt} = [];
    $self->{alt_cut} = 0;
    my $chunk = $self->{main}[-1] // $self->open_chunk('main');
    my $last = $chunk->{size};
    for (@{ $chunk->{parts} }) { $last = $_ if ref }
    my $kept = $entered;
    for my $size (@sizes) {
        next if "@$size" eq "@$last";
        push @{ $chunk->{parts} }, $last = $size, '';
        $chunk->{bytes} += 16;
    }
    $kept .= $leave =~ /^\e\[\?[\d;]*1049/ ? "\e[?1049l" : $leave;
    $kept .= Modes::transition($before, $self->{modes});
    $self->store($kept, -1, $self->{modes});
}

# RIS wipes a terminal clean: nothing before it shows any more.
sub forget {
    my ($self) = @_;
    Modes::reset($self->{modes});
    @$self{qw(main alt cut alt_cut)} = ([], [], exists $self->{modes}{title} ? 1 : 0, 0);
    $self->open_chunk('main');
}

# Oldest first; but a full-screen program that runs for long shall not cost the history behind it.
sub trim {
    my ($self) = @_;
    my ($main, $alt) = @$self{qw(main alt)};
    my ($main_bytes, $alt_bytes) = (0, 0);
    $main_bytes += $_->{bytes} for @$main;
    $alt_bytes += $_->{bytes} for @$alt;
    while ($main_bytes + $alt_bytes > $self->{limit}) {
        if (@$alt > 1 && ($alt_bytes > $self->{limit} / 2 || !@$main)) { $alt_bytes -= (shift @$alt)->{bytes}; $self->{alt_cut} = 1 }
        elsif (@$main > (@$alt ? 0 : 1)) { $main_bytes -= (shift @$main)->{bytes}; $self->{cut} = 1 }
        else { last }
    }
}

# A string (an image, a clipboard) longer than anyone can want back is not kept; its end is waited for. One who attaches
# meanwhile gets a beginning that his terminal ignores.
sub swallow {
    my ($self) = @_;
    return unless $self->{pending} =~ /^\e([\]P_^X])/;
    $self->{swallowing} = "\e$1z";
    $self->{pending} = substr $self->{pending}, -1;
    $self->scan_swallowed;
}

sub scan_swallowed {
    my ($self) = @_;
    my $end = $self->{swallowing} =~ /^\e\]/ ? qr/[\a\x18\x1a]|\e\\|(?=\e[^\\])/ : qr/[\x18\x1a]|\e\\|(?=\e[^\\])/;
    if ($self->{pending} =~ $end) {
        $self->{pending} = substr $self->{pending}, $+[0];
        $self->{swallowing} = '';
        return $self->scan;
    }
    $self->{pending} = $self->{pending} =~ /\e\z/ ? "\e" : '';
}

1;
