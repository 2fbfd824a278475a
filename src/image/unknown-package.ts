/** A build that failed over a package that does not exist, told as that. */

import { fail, isFailure, type PetError } from "../pet/errors.ts";

/** What packages.sh says of a name. */
const line = /^pet: there is no package (\S+); near: ?(.*)$/gm;
const few = 5;

/** Undefined where it failed over something else. */
export function unknownPackage(error: unknown, call: string): PetError | undefined {
  if (!isFailure(error, "BUILD_FAILED")) return undefined;
  const unknown = [...(error.detail ?? "").matchAll(line)].map(([, name = "", near = ""]) => ({
    name,
    near: near.split(" ").filter((each) => each !== ""),
  }));
  if (unknown.length === 0) return undefined;
  const names = unknown.map(({ name }) => `“${name}”`).join(", ");
  const offers = unknown
    .filter(({ near }) => near.length > 0)
    .map(({ name, near }) => (unknown.length > 1 ? `${name}: ` : "") + near.slice(0, few).join(", "));
  const near = offers.length === 0 ? "" : ` Near: ${offers.join("; ")}.`;
  return fail("UNKNOWN_PACKAGE", { names, near, call }, { cause: error });
}
