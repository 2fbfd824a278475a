/** The command in the checkout. */

import { fileURLToPath } from "node:url";

export const petCommand: string = fileURLToPath(new URL("../../bin/pet", import.meta.url));
