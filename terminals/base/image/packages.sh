#!/bin/sh
# The packages that a person asked for, a name a line in /tmp/pet/packages.txt. A name that Debian does not know is said
# in a line that pet reads, with the nearest ones, before anything is installed.
set -eu
export DEBIAN_FRONTEND=noninteractive
[ -s /tmp/pet/packages.txt ] || exit 0

# The lists are read once for all that follows.
cache=Dir::Cache::pkgcache=/tmp/pet/pkgcache.bin
fetched=yes
apt-get -q -o "$cache" -o APT::Update::Error-Mode=any update || fetched=
apt-cache -o "$cache" pkgnames > /tmp/pet/pkgnames

# The nearest names to one, from those in the file: few slips first, then what begins with it or has it as a part.
near() {
    perl -e '
        my ($name, $limit) = ($ARGV[0], length $ARGV[0] > 4 ? 2 : 1);
        my (%rank, @row);
        open my $names, "<", "/tmp/pet/pkgnames" or exit;
        while (my $known = <$names>) {
            chomp $known;
            my $rank = abs(length($known) - length $name) > $limit ? $limit + 1 : slips($name, $known);
            if ($rank > $limit) {
                next if length $name < 3 || $known !~ /(^|-)\Q$name\E/;
                $rank = $known =~ /^\Q$name\E/ ? 8 : 9;
            }
            $rank{$known} = $rank * 1000 + length $known;
        }
        my @best = sort { $rank{$a} <=> $rank{$b} || $a cmp $b } keys %rank;
        print join " ", splice @best, 0, 5;

        # Insertions, deletions, substitutions and swaps of neighbours.
        sub slips {
            my @a = split //, $_[0];
            my @b = split //, $_[1];
            my @before;
            my @last = (0 .. @b);
            for my $i (1 .. @a) {
                my @row = ($i);
                for my $j (1 .. @b) {
                    my $cell = $last[$j - 1] + ($a[$i - 1] eq $b[$j - 1] ? 0 : 1);
                    $cell = $last[$j] + 1 if $last[$j] + 1 < $cell;
                    $cell = $row[$j - 1] + 1 if $row[$j - 1] + 1 < $cell;
                    if ($i > 1 && $j > 1 && $a[$i - 1] eq $b[$j - 2] && $a[$i - 2] eq $b[$j - 1]) {
                        $cell = $before[$j - 2] + 1 if $before[$j - 2] + 1 < $cell;
                    }
                    push @row, $cell;
                }
                @before = @last;
                @last = @row;
            }
            return $last[-1];
        }
    ' "$1"
}

# The packages that stand for a name which is none itself: an editor, say, or awk.
providers() {
    apt-cache -o "$cache" showpkg "$1" 2> /dev/null | sed -e '1,/^Reverse Provides:/d' -e 's/ .*//' | sort -u | xargs
}

# apt would take a name that is none for a pattern, and install whatever fits: `python.`, say.
for name in $(grep -v -x -F -f /tmp/pet/pkgnames /tmp/pet/packages.txt); do
    instead=$(providers "$name")
    case $instead in
        *' '*) ;;
        # Where one alone stands for it, apt takes that.
        ?*) continue ;;
        *) instead=$(near "$name") ;;
    esac
    if [ -z "$fetched" ]; then
        echo "The lists of packages could not be fetched: whether there is a package $name is not known." >&2
    else
        echo "pet: there is no package $name; near: $instead" >&2
    fi
    failed=yes
done
[ -z "${failed-}" ] || exit 1

xargs -a /tmp/pet/packages.txt apt-get -q -o "$cache" install -y --
rm -rf /tmp/pet/pkgcache.bin /tmp/pet/pkgnames /var/cache/apt/*.bin /var/cache/apt/archives/*.deb \
    /var/log/apt /var/log/dpkg.log /var/log/alternatives.log
