/**
 * A lock that lives on the engine and dies with its holder: a small container whose program reads a standard input
 * that only our connection holds open. Its name is the lock; `.` keeps it apart from every TTY's.
 */

import { setTimeout as pause } from "node:timers/promises";
import type Dockerode from "dockerode";
import type { ContainerInspectInfo } from "dockerode";
import { fail } from "../../pet/errors.ts";
import { holderIn, isOwned, label } from "../../pet/labels.ts";
import type { Lock } from "../engine.ts";
import { type Client, statusOf, unless } from "./client.ts";
import { lockName } from "./startup.ts";
import { removeContainer } from "./ttys.ts";

export async function takeLock(client: Client, key: string, holder: string, image: string): Promise<Lock> {
  const name = lockName(key);
  return client.use(async (docker) => {
    for (let attempt = 0; ; attempt++) {
      const container = await create(docker, name, holder, image);
      if (container !== undefined) return hold(client, container);
      await refuseIfHeld(client, docker, name, attempt);
    }
  });
}

async function create(docker: Dockerode, name: string, holder: string, image: string) {
  try {
    return await docker.createContainer({
      name,
      Image: image,
      Entrypoint: ["cat"],
      Cmd: [],
      User: "65534:65534",
      // A first process hears no other signal unless it asks for it, and an engine that is stopped would wait for it.
      StopSignal: "SIGKILL",
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      NetworkDisabled: true,
      Labels: { [label.kind]: "lock", [label.holder]: holder, [label.since]: new Date().toISOString() },
      HostConfig: {
        AutoRemove: true,
        NetworkMode: "none",
        CapDrop: ["ALL"],
        SecurityOpt: ["no-new-privileges"],
        ReadonlyRootfs: true,
        PidsLimit: 16,
        LogConfig: { Type: "none", Config: {} },
      },
    });
  } catch (error) {
    if (statusOf(error) === 404) throw fail("NO_IMAGE", { image }, { cause: error });
    if (statusOf(error) === 409) return undefined;
    throw error;
  }
}

async function hold(client: Client, container: Dockerode.Container): Promise<Lock> {
  try {
    const line = await container.attach({ stream: true, stdin: true, hijack: true });
    line.on("error", () => {});
    const heldLine = { destroy: () => line.end() };
    client.held.add(heldLine);
    await container.start();
    return {
      async release() {
        client.held.delete(heldLine);
        await removeContainer(client, container.id);
        line.end();
      },
    };
  } catch (error) {
    await removeContainer(client, container.id).catch(() => {});
    throw error;
  }
}

/**
 * Milliseconds that a lock is watched. One that is being made by then has lost its maker; one that is held may have lost
 * its holder a moment ago, which the engine needs a few seconds to notice.
 */
const patience = 5_000;
const attempts = 50;

/** @throws LOCKED, FOREIGN; returns where the way may be free by now. */
async function refuseIfHeld(client: Client, docker: Dockerode, name: string, attempt: number): Promise<void> {
  const found = await onceSettled(docker, name);
  // A name is taken a while before its container can be seen, and a while after.
  if (found === undefined && attempt < attempts) return pause(100);
  if (found === undefined) throw fail("NAME_TAKEN", { name });
  const labels = found.Config.Labels;
  if (!isOwned(labels, "lock")) throw fail("FOREIGN", { kind: "container", name });
  if (found.State.Running || attempt >= attempts) {
    throw fail("LOCKED", { holder: holderIn(labels), since: labels[label.since] ?? "?" });
  }
  await removeContainer(client, found.Id);
}

/** Looks until the lock is gone, has ended, or has been as it is for too long. */
async function onceSettled(docker: Dockerode, name: string): Promise<ContainerInspectInfo | undefined> {
  let seen: { readonly id: string; readonly since: number } | undefined;
  for (;;) {
    const found = await unless(404, docker.getContainer(name).inspect());
    if (found === undefined || !isOwned(found.Config.Labels, "lock")) return found;
    if (found.State.Status !== "created" && !found.State.Running) return found;
    if (seen?.id !== found.Id) seen = { id: found.Id, since: Date.now() };
    if (Date.now() - seen.since >= patience) return found;
    await pause(100);
  }
}
