/**
 * Whether a path answers at all. Who looks at a mount that has died waits for ever, and takes the process with them:
 * so a program goes first that can be left behind.
 */

import { spawn } from "node:child_process";
import { late, within } from "./within.ts";

const patience = 10;

export async function answers(path: string): Promise<boolean> {
  const scout = spawn("stat", ["--", path], { stdio: "ignore" });
  const back = new Promise<true>((resolve) => {
    scout.once("error", () => resolve(true));
    scout.once("close", () => resolve(true));
  });
  if ((await within(patience, back)) !== late) return true;
  scout.kill("SIGKILL");
  scout.unref();
  return false;
}
