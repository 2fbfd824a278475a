import { expect, test } from "vitest";
import { bytesText } from "../../../src/pet/bytes.ts";

test.each<[number | undefined, string]>([
  [undefined, "–"],
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [9949, "9.9 kB"],
  [9950, "10 kB"],
  [999_400, "999 kB"],
  [999_700, "1.0 MB"],
  [412_345_678, "412 MB"],
  [1_500_000_000, "1.5 GB"],
  [7e15, "7000 TB"],
])("%s bytes are said as %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
