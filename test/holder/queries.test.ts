/** What programs ask of the terminal while nobody is there to answer. */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attached, has, type NearEnd, shows, text } from "./near-end.ts";
import { newPlace, type Place, waitFor } from "./place.ts";

/** Asks once it may, then writes what it was told, in octal. */
function leaveAsking(place: Place, query: string): string {
  writeFileSync(
    join(place.home, "ask"),
    `stty raw -echo min 0 time 10; until [ -e may ]; do sleep 0.05; done; printf '${query}'; sleep 0.2; dd bs=100 count=1 2>/dev/null | od -An -c | tr -d ' \\n' > told; stty sane; : > asked; echo a''sked\n`,
  );
  return ". ./ask\r";
}

function letAsk(place: Place): void {
  writeFileSync(join(place.home, "may"), "");
}

async function comeBack(place: Place): Promise<{ readonly near: NearEnd; readonly told: string }> {
  await waitFor("the end of the wait", () => existsSync(join(place.home, "asked")));
  const near = await attached(place);
  near.type("\r[ -e told ] && cat told; echo .e''nd\r");
  await near.until("what was told", shows(".end"));
  return { near, told: text(near) };
}

describe.each([
  ["primary attributes", "\\033[c", "033[?1;2c"],
  ["secondary attributes", "\\033[>c", "033[>0;276;0c"],
  ["the device's state", "\\033[5n", "033[0n"],
  ["the text area's size", "\\033[18t", "033[8;24;80t"],
])("%s", (_, query, answer) => {
  test("are answered by the holder with nobody attached", async () => {
    using place = newPlace();
    const near = await attached(place);
    near.type(leaveAsking(place, query));
    near.send("b");
    await near.closed;
    letAsk(place);
    expect((await comeBack(place)).told).toContain(`${answer}.end`);
  });

  test("are left to the owner's terminal with one attached", async () => {
    using place = newPlace();
    const near = await attached(place);
    near.type(leaveAsking(place, query));
    letAsk(place);
    await near.until("the end of the wait", shows("asked\r\n"));
    near.type("cat told; echo .e''nd\r");
    await near.until("nothing told", shows(".end"));
    expect(text(near)).not.toContain(answer);
  });
});

test("a cursor report asked for with nobody attached is flagged to the next owner, once something typed it is not", async () => {
  using place = newPlace();
  const first = await attached(place);
  first.type(
    "stty raw -echo; until [ -e may ]; do sleep 0.05; done; printf '\\033[6n'; : > asked; sleep 3; stty sane\r",
  );
  first.send("b");
  await first.closed;
  letAsk(place);
  await waitFor("the question", () => existsSync(join(place.home, "asked")));
  const second = await attached(place);
  expect(second.frames.find(({ type }) => type === "L")?.payload[0]).toBe(1);
  second.type("\x1b[1;1R");
  second.send("y");
  await second.until("the log anew", has("L", 2));
  expect(second.frames.findLast(({ type }) => type === "L")?.payload[0]).toBe(0);
});
