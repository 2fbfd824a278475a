import fc from "fast-check";
import { expect, test } from "vitest";
import { PetError } from "../../../src/pet/errors.ts";
import { containerName, homeName, instanceName, prefixName, ttyName } from "../../../src/pet/names.ts";
import { reservedWords } from "../../../src/pet/words.ts";

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
const of = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

const prefixes = fc.tuple(of("abcxyz", 1, 1), of(letters, 0, 9)).map(([first, rest]) => first + rest);
const instances = of(`${letters}-`, 1, 28).filter(
  (name) => /^[a-z0-9].*$/.test(name) && !name.endsWith("-") && !reservedWords.has(name),
);
const ttys = of(letters, 1, 13).filter((name) => !reservedWords.has(name));
const address = fc
  .record({ prefix: prefixes, instance: instances, tty: ttys })
  .map(({ prefix, instance, tty }) => ({
    prefix: prefixName(prefix),
    instance: instanceName(instance),
    tty: ttyName(tty),
  }));

test("no two TTYs share a container's name, and none is a home's", () => {
  fc.assert(
    fc.property(address, address, (a, b) => {
      const same = a.prefix === b.prefix && a.instance === b.instance && a.tty === b.tty;
      expect(containerName(a) === containerName(b)).toBe(same);
      expect(containerName(a)).not.toBe(homeName(b));
    }),
  );
});

test("a container's name fits a DNS label", () => {
  fc.assert(
    fc.property(address, (one) => {
      expect(containerName(one)).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])$/);
    }),
  );
});

test("whatever is offered as a name is taken as it is or refused by a code", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const named of [prefixName, instanceName, ttyName]) {
        try {
          expect(named(text)).toBe(text);
          expect(text).toMatch(/^[a-z0-9-]+$/);
        } catch (error) {
          expect(error).toBeInstanceOf(PetError);
        }
      }
    }),
  );
});

test.each(["stop", "status", "sync", "portal", "recreate"])(
  "%s is no name: it is a word of the grammar",
  (word) => {
    expect(() => instanceName(word)).toThrow(expect.objectContaining({ code: "RESERVED_NAME" }));
    expect(() => ttyName(word)).toThrow(expect.objectContaining({ code: "RESERVED_NAME" }));
  },
);
