/** A recipe with a repository of Debian packages of its own: real apt and real packages of a few bytes, and no network. */

import type { Person } from "../support/cli.ts";
import { recipe } from "./recipes.ts";

/** Package → what is run as it is installed. */
const packages: Readonly<Record<string, string>> = {
  alpha: "",
  alphabet: "",
  beta: "",
  gamma: "",
  delta: "",
  failing: "echo the reason; exit 3",
  endless: "echo endless has begun; exec tail -f /dev/null",
  large: "head -c 60000000 /dev/zero > /large",
};

/**
 * Each package has a program of its name, which prints a line that is another each time the package is installed. Two
 * of them can stand for `greek`, and one for `fourth`.
 */
const script = `# An engine that is kept for several runs has no image of this one yet: ${new Date().toISOString()}
set -eu
mkdir -p /srv/packages
cd /srv/packages
make() {
  mkdir -p "$1/DEBIAN" "$1/usr/bin"
  printf 'Package: %s\\nVersion: 1\\nArchitecture: all\\nMaintainer: Nobody\\nDescription: a test\\n' "$1" > "$1/DEBIAN/control"
  case $1 in
    beta | gamma) echo 'Provides: greek' >> "$1/DEBIAN/control" ;;
    delta) echo 'Provides: fourth' >> "$1/DEBIAN/control" ;;
  esac
  printf '#!/bin/sh\\ncat /usr/share/%s.stamp\\n' "$1" > "$1/usr/bin/$1"
  printf '#!/bin/sh\\nset -e\\ncat /proc/sys/kernel/random/uuid > /usr/share/%s.stamp\\n%s\\n' "$1" "$2" > "$1/DEBIAN/postinst"
  chmod 0755 "$1/usr/bin/$1" "$1/DEBIAN/postinst"
  dpkg-deb -Znone --build "$1" "$1.deb"
  cat "$1/DEBIAN/control" >> Packages
  printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' \\
    "$1.deb" "$(stat -c %s "$1.deb")" "$(sha256sum < "$1.deb" | cut -d ' ' -f 1)" >> Packages
  rm -r "$1"
}
${Object.entries(packages)
  .map(([name, run]) => `make ${name} '${run}'`)
  .join("\n")}
rm -rf /etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/srv/packages ./' > /etc/apt/sources.list
`;

const steps = ["COPY repository.sh /tmp/", "RUN sh /tmp/repository.sh"];
const install = ["COPY packages.txt base/image/packages.sh /tmp/pet/", "RUN sh /tmp/pet/packages.sh"];
const marked = ["# pet: packages begin", ...install, "# pet: packages end"];

/** Gives them the recipe `stocked`. */
export function stocked(me: Person, first: readonly string[] = [], last = marked): void {
  recipe(me, "stocked", [...first, ...steps, ...last].join("\n"), { "repository.sh": script });
}

/** Nothing in it says which lines are the packages'. */
export function stockedUnmarked(me: Person): void {
  stocked(me, [], install);
}

/** It breaks before it comes to the packages. */
export function stockedBroken(me: Person): void {
  stocked(me, ["RUN echo broken since; false"]);
}

/** Its packages have gone. */
export function stockedAway(me: Person): void {
  stocked(me, [], ["RUN rm -r /srv/packages", ...marked]);
}
