/** A real Docker Engine without root's rights: a person's own, in a user namespace of theirs. */

import { type Elsewhere, engineBy } from "./elsewhere.ts";

/** Who they are, and which further ids are theirs, is said in an /etc that nobody else sees. */
const person = `
cp -a /etc "$1/etc"
echo "petter:x:12345:12345::$1/home:/bin/sh" >> "$1/etc/passwd"
for file in subuid subgid; do echo petter:200000:65536 > "$1/etc/$file"; done
mount --bind "$1/etc" /etc
mkdir "$1/home" "$1/run" "$1/data"
chown 12345:12345 "$1" "$1/home" "$1/run" "$1/data"
`;

const daemon = `
rm -f /run/docker /run/containerd /run/xtables.lock
exec dockerd --rootless --host "unix://$2" --data-root "$1/data" --exec-root "$1/run/docker" \\
  --pidfile "$1/run/docker.pid" --storage-driver vfs --bridge none --iptables=false --ip6tables=false
`;

export function rootless(): Promise<Elsewhere> {
  return engineBy(`${person}
exec env -i PATH="$PATH:/usr/sbin:/sbin" HOME="$1/home" XDG_RUNTIME_DIR="$1/run" \\
  setpriv --reuid=12345 --regid=12345 --clear-groups \\
  rootlesskit --net=host --copy-up=/etc --copy-up=/run --propagation=rslave sh -euc '${daemon}' sh "$1" "$2"`);
}
