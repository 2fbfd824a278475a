/** What the far end refused, in words for a person. */

import { fail, type PetError } from "../pet/errors.ts";
import type { ContainerName } from "../pet/names.ts";
import type { Event } from "./events.ts";
import { inTheWay } from "./meeting.ts";

export function refusal(
  { code, path, reason }: Event & { readonly do: "refuse" },
  name: ContainerName,
): PetError {
  const told = { path: String(path), name };
  switch (code) {
    case "missing":
      return fail("NOT_INSIDE", told);
    case "no-directory":
      return fail("NO_DIRECTORY", { path: told.path });
    case "directory":
      return fail("NAME_MISSING", { path: told.path });
    case "in-the-way":
      return inTheWay(told.path, reason === "directory" ? "directory" : "file");
    case "full":
      return fail("FULL_INSIDE", told);
    default:
      return fail("FAILED_INSIDE", { ...told, reason });
  }
}
