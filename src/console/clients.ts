/** What goes on in a TTY's console, as `pet-console status` tells it. */

import { text } from "node:stream/consumers";
import type { Engine } from "../engine/engine.ts";
import type { ContainerName } from "../pet/names.ts";
import { consoleArgv } from "./argv.ts";

export interface AttachedClient {
  /** `user@host` */
  readonly who: string;
  /** The owner's size counts; a watcher sees a picture. */
  readonly role: string;
  readonly cols: number;
  readonly rows: number;
  readonly since: Date;
}

export interface ConsoleStatus {
  /** The command in its foreground; undefined where no session runs. */
  readonly foreground: string | undefined;
  readonly clients: readonly AttachedClient[];
}

/** @throws NOT_RUNNING, NO_TTY, DOOR_LOST */
export async function consoleStatus(engine: Engine, name: ContainerName): Promise<ConsoleStatus> {
  const door = await engine.exec(name, [...consoleArgv, "status"]);
  door.stdin.end();
  door.stderr.resume();
  const told = await text(door.stdout);
  await door.exit;
  const [, , , foreground] = (told.split("\n")[0] ?? "").split("\t");
  return { foreground, clients: readClients(told) };
}

/** The first line is the session's own; each that follows is a client's, its fields parted by tabs. */
function readClients(told: string): readonly AttachedClient[] {
  const lines = told.split("\n").slice(1);
  return lines.flatMap((line) => {
    const [role, who, cols, rows, since] = line.split("\t");
    if (role === undefined || who === undefined) return [];
    return [{ who, role, cols: Number(cols), rows: Number(rows), since: new Date(Number(since) * 1000) }];
  });
}
