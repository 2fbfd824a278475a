/** A real Podman that answers in Docker's place. */

import { type Elsewhere, engineBy } from "./elsewhere.ts";

export function podman(): Promise<Elsewhere> {
  return engineBy(
    `exec podman --root "$1/root" --runroot "$1/run" --tmpdir "$1/tmp" --storage-driver vfs \\
      system service --time=0 "unix://$2"`,
  );
}
