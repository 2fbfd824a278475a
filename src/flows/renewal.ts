/** A TTY and what it is to become. */

import { hasSecrets } from "../config/seal.ts";
import { readSettings, wishedOver } from "../config/settings.ts";
import { strayKeys } from "../config/stray.ts";
import type { Tty } from "../engine/engine.ts";
import { fail, isFailure } from "../pet/errors.ts";
import { label, ttyLabels } from "../pet/labels.ts";
import { type ContainerName, containerName, ttyName } from "../pet/names.ts";
import { imageForTty } from "./image.ts";
import type { NeededImage } from "./needed-image.ts";
import { noPet } from "./no-pet.ts";
import { refuseMounts } from "./ready.ts";
import type { Extent } from "./stop.ts";
import { type Wish, wishOf } from "./wish.ts";
import type { Target, World } from "./world.ts";

export interface Renewal {
  readonly target: Target;
  /** As it is. */
  readonly tty: Tty;
  /** The name it has, whatever stands there now. */
  readonly name: ContainerName;
  readonly wish: Wish;
  readonly image: NeededImage;
}

/** What an interrupted recreation left of a TTY counts for it. @throws NO_TTY, NO_PET */
export async function wanted(world: World, { address }: Target, extent: Extent): Promise<readonly Tty[]> {
  const all = await world.engine.list(ttyLabels(address));
  if (extent === "every TTY" && all.length === 0) throw await noPet(world, address.instance);
  if (extent === "every TTY") return all;
  const one = all.find(({ labels }) => labels[label.tty] === address.tty);
  if (one === undefined) throw fail("NO_TTY", { name: containerName(address) });
  return [one];
}

/** Without a .env file each becomes what it is remembered to be. @throws SECRETS_ELSEWHERE, MOUNT_ON_REMOTE */
export async function renewalsOf(
  world: World,
  target: Target,
  ttys: readonly Tty[],
): Promise<readonly Renewal[]> {
  for (const stray of strayKeys(readSettings(target.envFile).values)) world.report.note(stray);
  return await Promise.all(
    ttys.map(async (listed) => {
      const tty = (await world.engine.inspect(listed.name)) ?? listed;
      const own = { ...target, address: { ...target.address, tty: ttyName(tty.labels[label.tty] ?? "") } };
      const name = containerName(own.address);
      const wish = overMemory(wishOf(world, own, { ttys: [tty], homes: [] }), tty.labels[label.spec]);
      refuseMounts(world, wish);
      if (wish.from !== "file" && hasSecrets(tty.labels[label.hash])) {
        throw fail("SECRETS_ELSEWHERE", { name, call: world.call });
      }
      return { target: own, tty, name, wish, image: await imageForTty(world, wish, { ttys: [tty] }) };
    }),
  );
}

/** Where it cannot be read what a container remembers, nothing of it stays. */
function overMemory(wish: Wish, spec: string | undefined): Wish {
  if (wish.from !== "file" || spec === undefined) return wish;
  try {
    return { ...wish, settings: wishedOver(spec, wish.values) };
  } catch (error) {
    if (isFailure(error, "BROKEN_SPEC")) return wish;
    throw error;
  }
}
