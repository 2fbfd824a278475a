import { parse } from "dotenv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { edited } from "../../../src/config/env-edit.ts";
import { scan } from "../../../src/config/env-scan.ts";

/** Characters that a format of quotes, comments and escapes can stumble over, and ordinary ones. */
const hostile = fc.string({
  unit: fc.constantFrom(...("'\"`#$\\\n\r\t =:;%!~{}()|&<>*?[]éß漢🐕\u2028abN0_-./".match(/[\s\S]/gu) ?? [])),
  maxLength: 24,
});
const anyText = fc.oneof(hostile, fc.string({ unit: "binary" }));
const key = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/);
/** Lines that a person writes. */
const line = fc.oneof(
  fc.constantFrom("", "# it's a “comment”", "   # indented", '# "quoted" `x`', "\t"),
  fc.tuple(key, fc.stringMatching(/^[\w./:-]{0,8}$/)).map(([name, value]) => `${name}=${value}`),
  fc
    .tuple(key, fc.stringMatching(/^[\w ."#=]{0,8}$/))
    .map(([name, value]) => `export ${name} = '${value}' # why`),
  fc.tuple(key, fc.stringMatching(/^[\w\n'#]{0,8}$/)).map(([name, value]) => `${name}: "${value}"`),
);
const file = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([lines, newline, last]) => lines.join(newline) + (last ? newline : ""));

function attempt(text: string, changes: ReadonlyMap<string, string | undefined>): string | undefined {
  try {
    return edited(text, changes);
  } catch (error) {
    expect(error).toMatchObject({ code: "UNWRITABLE_VALUE" });
    return undefined;
  }
}

describe("what is written to a .env file", () => {
  test("reads back as it was given, or is refused", () => {
    fc.assert(
      fc.property(file, key, anyText, (text, name, value) => {
        const result = attempt(text, new Map([[name, value]]));
        if (result === undefined) return;
        expect(parse(Buffer.from(result))).toEqual({ ...parse(text), [name]: value });
        expect(scan(result).fault).toEqual(scan(text).fault);
      }),
      { numRuns: 2000 },
    );
  });

  test("is refused only where every kind of quote fails", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        fc.pre(!/["'`\r\\]/.test(value) && !value.includes("\u2028"));
        expect(attempt("", new Map([["K", value]]))).toBeDefined();
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps every line that the change is not about", () => {
    fc.assert(
      fc.property(file, hostile, (text, value) => {
        const result = attempt(text, new Map([["ZZ_NEW", value]]));
        if (result !== undefined) expect(result.startsWith(text)).toBe(true);
      }),
    );
  });

  test("is what was there once a key that was set is taken out again", () => {
    fc.assert(
      fc.property(file, hostile, (text, value) => {
        const whole = text === "" || text.endsWith("\n") ? text : `${text}\n`;
        const result = attempt(whole, new Map([["ZZ_NEW", value]]));
        if (result !== undefined) expect(edited(result, new Map([["ZZ_NEW", undefined]]))).toBe(whole);
      }),
    );
  });

  test.each([
    ["a value in place", "A=1\nB=2 # two\nC=3\n", { B: "4" }, "A=1\nB=4 # two\nC=3\n"],
    ["with quotes where they are needed", "A=1\n", { A: "x # y" }, "A='x # y'\n"],
    ["export and spaces kept", "export A = '1' # one\n", { A: "2" }, "export A = 2 # one\n"],
    ["the entry that counts, of two", "A=1\nA=2\n", { A: "3" }, "A=1\nA=3\n"],
    ["an empty entry", "A=\nB=1\n", { A: "x" }, "A=x\nB=1\n"],
    ["an empty entry with a comment", "A= # none\n", { A: "x" }, "A=x # none\n"],
    ["a new key at the end", "A=1", { B: "2" }, "A=1\nB=2\n"],
    ["a new key in a file of another system", "A=1\r\n", { B: "2" }, "A=1\r\nB=2\r\n"],
    ["nothing where the value is the same", "A='1'\n", { A: "1" }, "A='1'\n"],
    ["a key taken out", "A=1\n# about B\nB=2 # two\nC=3\n", { B: undefined }, "A=1\n# about B\nC=3\n"],
    ["a key of several lines taken out", "A='1\n2'\nB=1\n", { A: undefined }, "B=1\n"],
    ["a key taken out wherever it stands", "A=1\nB=2\nA=3", { A: undefined }, "B=2\n"],
    ["an apostrophe", "", { A: "it's" }, 'A="it\'s"\n'],
    ["a carriage return", "", { A: "a\r\nb" }, 'A="a\\r\\nb"\n'],
    ["a dollar, left alone", "", { A: "$HOME $X `id`" }, "A='$HOME $X `id`'\n"],
  ])("changes %s", (_, text, changes, expected) => {
    expect(edited(text, new Map(Object.entries(changes)))).toBe(expected);
  });

  test.each([
    ["a NUL", "a\0b"],
    ["half a surrogate pair", "a\ud800b"],
    ["a return beside a written-out newline", "a\\nb\rc"],
  ])("refuses %s", (_, value) => {
    expect(attempt("", new Map([["A", value]]))).toBeUndefined();
  });
});

describe("what is found in a .env file", () => {
  test("is what dotenv reads, key by key", () => {
    fc.assert(
      fc.property(fc.oneof(file, hostile, fc.string({ unit: "binary" })), (text) => {
        const found = Object.fromEntries(scan(text).entries.map((entry) => [entry.key, entry.value]));
        if (!text.includes("__proto__")) expect(found).toEqual(parse(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["A=1\nB\nC=2", 2, /neither/],
    ["A=1\n\n  what is this\n", 3, /neither/],
    ["=1", 1, /neither/],
    ["A='open\nB=2\n", 1, /quote that A opens/],
    ['# x\nA="a" b\n', 2, /quote that A opens/],
    ["A=1\r\nB\r\n", 2, /neither/],
  ])("a fault in %j is on line %i", (text, lineNumber, reason) => {
    expect(scan(text).fault).toEqual({ line: lineNumber, reason: expect.stringMatching(reason) });
  });

  test.each(["", "\n", "# only this", "A=1", "export A=1", "A: 1", "A = `x`", "A='a\nb' # c", "\ufeffA=1"])(
    "there is no fault in %j",
    (text) => {
      expect(scan(text).fault).toBeUndefined();
    },
  );
});
