/** The shells that pet can give aliases and completion to: a file for each, and a line here. */

import { bash } from "./bash.ts";
import type { Shell } from "./shell.ts";

export const shells: Readonly<Record<string, Shell>> = { bash };
