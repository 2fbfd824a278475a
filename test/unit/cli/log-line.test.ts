import { expect, test } from "vitest";
import { jsonLine, logLine } from "../../../src/cli/log-line.ts";
import { named } from "../../../src/cli/show-logs.ts";

const ready = '{"time":"2026-03-04T05:06:07Z","event":"ready"}';

test.each<[string, string, string]>([
  ["an entry without fields", ready, "2026-03-04T05:06:07Z  ready"],
  [
    "fields, in their order",
    '{"time":"2026-03-04T05:06:07Z","event":"start","user":"ada","uid":1000}',
    "2026-03-04T05:06:07Z  start  user=ada  uid=1000",
  ],
  [
    "a field of several words, or none",
    '{"time":"2026-03-04T05:06:07.5Z","event":"mend-failed","path":"/home/a b","reason":""}',
    '2026-03-04T05:06:07.5Z  mend-failed  path="/home/a b"  reason=""',
  ],
  [
    "what would steer a terminal, in a field and in an event",
    '{"time":"2026-03-04T05:06:07Z","event":"x\\u001b[2J","path":"/a\\u009bb"}',
    "2026-03-04T05:06:07Z  x\\x1b[2J  path=/a\\x9bb",
  ],
  [
    "one that would be two lines",
    '{"time":"2026-03-04T05:06:07Z","event":"x\\npet-bar-1  y","a\\nb":1}',
    "2026-03-04T05:06:07Z  x\\npet-bar-1  y  a\\nb=1",
  ],
  ["a line of somebody else's", "plain words", "plain words"],
  ["a line that would steer a terminal", "\x1b]0;title\x07\r", "\\x1b]0;title\\x07\\x0d"],
  ["JSON of somebody else's", '{"level":"info"}', '{"level":"info"}'],
  ["a time that is none", '{"time":"yesterday","event":"x"}', '{"time":"yesterday","event":"x"}'],
  [
    "a day that is none",
    '{"time":"2026-99-04T05:06:07Z","event":"x"}',
    '{"time":"2026-99-04T05:06:07Z","event":"x"}',
  ],
  ["an entry that breaks off", '{"time":"2026-03-04T05', '{"time":"2026-03-04T05'],
  ["nothing", "", ""],
])("reads %s", (_, text, line) => {
  expect(logLine(text, "iso")).toBe(line);
});

test("the clock on the wall here is that of the time zone, and no locale's", () => {
  const { TZ, LANG } = process.env;
  try {
    Object.assign(process.env, { TZ: "Asia/Kathmandu", LANG: "ar_EG.UTF-8" });
    expect(logLine(ready, "local")).toBe("2026-03-04 10:51:07  ready");
  } finally {
    Object.assign(process.env, { TZ: TZ ?? "UTC", ...(LANG === undefined ? {} : { LANG }) });
  }
});

test.each<[string, string, string]>([
  ["an object as it is", '{"a": 1}', '{"a": 1}'],
  ["anything else as text", 'say "hi"\x1b', '{"text":"say \\"hi\\"\\u001b"}'],
  ["a list as text", "[1]", '{"text":"[1]"}'],
  ["what a terminal would obey between its words", '{"a":1,\r"b":2}', '{"a":1, "b":2}'],
  ["what a terminal would obey as its number", '{"a":"\x9b2J"}', '{"a":"\\u009b2J"}'],
])("as JSON it gives %s", (_, text, line) => {
  expect(jsonLine(text)).toBe(line);
  expect(JSON.parse(jsonLine(text))).toBeTypeOf("object");
});

test.each([
  ['{"a":1}', { container: "pet-foo-1", a: 1 }],
  ["{}", { container: "pet-foo-1" }],
  ['{"a":1,"container":"pet-bar-1"}', { container: "pet-foo-1", a: 1 }],
  ['{"\\u0063ontainer":"pet-bar-1","__proto__":1}', JSON.parse('{"container":"pet-foo-1","__proto__":1}')],
])("of several the container of %s is the one it came from", (line, value) => {
  expect(JSON.parse(named(line, "every TTY", "pet-foo-1"))).toEqual(value);
});
