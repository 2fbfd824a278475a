/**
 * The names of things. `{prefix}-{instance}-{tty}` is a container, its host name and a Helm release;
 * `{prefix}-{instance}-home` the home. The lengths keep every one of them within a DNS label (RFC 1123,
 * 63 characters), and a prefix and a TTY hold no `-`, so that a name can be read in one way only.
 */

import { fail } from "./errors.ts";
import { commandWords, petCommandWords, reservedWords, verbWords } from "./words.ts";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type Prefix = Branded<"Prefix">;
export type InstanceName = Branded<"InstanceName">;
export type TtyName = Branded<"TtyName">;
/** Name of a TTY's container: `pet-foo-1`. */
export type ContainerName = Branded<"ContainerName">;
/** Name of a home's volume: `pet-foo-home`. */
export type HomeName = Branded<"HomeName">;

/** One TTY of one pet, by its names. */
export interface Address {
  readonly prefix: Prefix;
  readonly instance: InstanceName;
  readonly tty: TtyName;
}

/** @throws BAD_PREFIX */
export function prefixName(text: string): Prefix {
  if (!/^[a-z][a-z0-9]{0,9}$/.test(text)) throw fail("BAD_PREFIX", { name: text });
  return text as Prefix;
}

/** @throws BAD_INSTANCE, RESERVED_NAME */
export function instanceName(text: string): InstanceName {
  refuseReserved(text);
  if (text.length > 28 || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text)) {
    throw fail("BAD_INSTANCE", { name: text });
  }
  return text as InstanceName;
}

/** @throws BAD_TTY, RESERVED_NAME */
export function ttyName(text: string): TtyName {
  refuseReserved(text);
  if (!/^[a-z0-9]{1,13}$/.test(text)) throw fail("BAD_TTY", { name: text });
  return text as TtyName;
}

function refuseReserved(name: string): void {
  if (!reservedWords.has(name)) return;
  const meant = commandWords.some((word) => word === name)
    ? `Did you mean: pet ${name}`
    : petCommandWords.some((word) => word === name)
      ? `Did you mean: pet ${name} NAME`
      : verbWords.some((word) => word === name)
        ? `Did you mean the verb --${name}?`
        : "It is kept for what pet is yet to learn. Choose another.";
  throw fail("RESERVED_NAME", { name, meant });
}

export const firstTty = "1" as TtyName;

export function containerName({ prefix, instance, tty }: Address): ContainerName {
  return `${prefix}-${instance}-${tty}` as ContainerName;
}

export function homeName(pet: Pick<Address, "prefix" | "instance">): HomeName {
  return `${pet.prefix}-${pet.instance}-home` as HomeName;
}

/** Name of the container through which a home is mended; `.` keeps it apart from every TTY's. */
export function mendingName(pet: Pick<Address, "prefix" | "instance">): ContainerName {
  return `${pet.prefix}-${pet.instance}.mend` as ContainerName;
}
