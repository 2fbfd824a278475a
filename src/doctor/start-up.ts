/** A shell's start-up file, read only if it is one. */

import { readFile, stat } from "node:fs/promises";
import { faultOf } from "../system/fault.ts";

export interface StartUp {
  readonly file: string;
  /** One character a byte; blank where there is no such file. */
  readonly text: string;
  readonly fault: string | undefined;
}

export async function readStartUp(file: string): Promise<StartUp> {
  try {
    if (!(await stat(file)).isFile()) return { file, text: "", fault: "it is no file" };
    return { file, text: await readFile(file, "latin1"), fault: undefined };
  } catch (error) {
    const { code, text } = faultOf(error);
    return { file, text: "", fault: code === "ENOENT" ? undefined : text };
  }
}
