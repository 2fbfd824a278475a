/** Which containers nobody uses, and which of those are kept all the same. */

import { expect, test } from "vitest";
import type { Home, Tty, TtyState } from "../../../src/engine/engine.ts";
import { idleOf } from "../../../src/flows/idle.ts";
import { label } from "../../../src/pet/labels.ts";
import type { ContainerName, HomeName } from "../../../src/pet/names.ts";

const now = new Date("2026-11-28T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

interface Made {
  readonly state?: TtyState;
  readonly spec?: string;
  readonly made?: number;
  readonly kind?: "tty" | "lock";
}

/** `pet-foo-1`, or what stands beside: `pet-foo-1.new`, `pet-foo.mend`, `pet-foo.lock`. */
function container(name: string, { state = "exited", spec = "a", made = 60, kind = "tty" }: Made = {}): Tty {
  const [, prefix = "", instance = "", tty = ""] = /^([a-z]+)-([a-z]+)-(\w+)/.exec(name) ?? [];
  const own = { [label.prefix]: prefix, [label.instance]: instance, [label.tty]: tty, [label.spec]: spec };
  return {
    name: name as ContainerName,
    id: `id of ${name}`,
    state,
    since: minutesAgo(made),
    exitStatus: undefined,
    image: "image",
    imageId: "sha256:image",
    labels: {
      [label.kind]: kind,
      ...(kind === "lock" ? { [label.holder]: "ann@x" } : {}),
      ...(prefix === "" ? {} : own),
    },
  };
}

function home(name: string, spec = "a"): Home {
  const [, prefix = "", instance = ""] = /^([a-z]+)-([a-z]+)-home$/.exec(name) ?? [];
  const labels = {
    [label.kind]: "home",
    [label.prefix]: prefix,
    [label.instance]: instance,
    [label.spec]: spec,
  };
  return { name: name as HomeName, created: now, labels };
}

const foo = "pet-foo-1";
const running = { state: "running" } as const;
const heldLock = container("pet-foo.lock", { kind: "lock", ...running });

test.each<[string, readonly Tty[], readonly Tty[], readonly Home[], readonly string[], readonly string[]]>([
  ["one that is stopped", [container(foo)], [], [home("pet-foo-home")], [foo], []],
  ["one that runs", [container(foo, running)], [], [home("pet-foo-home")], [], []],
  ["one that is held paused", [container(foo, { state: "paused" })], [], [home("pet-foo-home")], [], []],
  ["one that is being removed", [container(foo, { state: "dead" })], [], [home("pet-foo-home")], [], []],
  [
    "one made long ago and never started",
    [container(foo, { state: "created" })],
    [],
    [home("pet-foo-home")],
    [foo],
    [],
  ],
  [
    "one made a moment ago",
    [container(foo, { state: "created", made: 9 })],
    [],
    [home("pet-foo-home")],
    [],
    [],
  ],
  [
    "the only one to remember",
    [container(foo, { spec: "b" })],
    [],
    [home("pet-foo-home")],
    [],
    [`${foo} remembers`],
  ],
  ["one without a home", [container(foo)], [], [], [], [`${foo} remembers`]],
  [
    "one whose settings another has, which runs",
    [container(foo, { spec: "b" }), container("pet-foo-2", { spec: "b", ...running })],
    [],
    [home("pet-foo-home")],
    [foo],
    [],
  ],
  [
    "one that is asked before another, which runs with other settings",
    [container(foo, { spec: "b" }), container("pet-foo-2", running)],
    [],
    [home("pet-foo-home")],
    [],
    [`${foo} remembers, others run`],
  ],
  [
    "one that is asked after another",
    [container(foo, running), container("pet-foo-2", { spec: "b" })],
    [],
    [home("pet-foo-home", "c")],
    ["pet-foo-2"],
    [],
  ],
  [
    "all of a pet, of which the first remembers",
    [container(foo, { spec: "b" }), container("pet-foo-2", { spec: "c" })],
    [],
    [home("pet-foo-home")],
    ["pet-foo-2"],
    [`${foo} remembers`],
  ],
  [
    "one whose settings another pet's home has",
    [container(foo, { spec: "b" })],
    [],
    [home("pet-foo-home"), home("zoo-foo-home", "b")],
    [],
    [`${foo} remembers`],
  ],
  [
    "one whose pet somebody is at work on",
    [container(foo)],
    [heldLock],
    [home("pet-foo-home")],
    [],
    [`${foo} at work ann@x`],
  ],
  [
    "one whose neighbour somebody is at work on",
    [container("pet-foobar-1")],
    [heldLock],
    [home("pet-foobar-home")],
    ["pet-foobar-1"],
    [],
  ],
  ["a lock that is held", [], [heldLock], [], [], []],
  [
    "a lock that is being taken",
    [],
    [container("pet-foo.lock", { kind: "lock", state: "created", made: 0 })],
    [],
    [],
    [],
  ],
  [
    "a lock that nobody ever held",
    [],
    [container("pet-foo.lock", { kind: "lock", state: "created" })],
    [],
    ["pet-foo.lock"],
    [],
  ],
  ["a lock that was let go", [], [container("pet-foo.lock", { kind: "lock" })], [], ["pet-foo.lock"], []],
  [
    "what a mending has left",
    [],
    [container("pet-foo.mend", { state: "created" })],
    [],
    ["pet-foo.mend"],
    [],
  ],
  [
    "what a mending is about to use",
    [],
    [container("pet-foo.mend", { state: "created" }), heldLock],
    [],
    [],
    [],
  ],
  [
    "what a replacement has left beside the TTY",
    [container(foo, running), container(`${foo}.old`)],
    [container(`${foo}.new`), container(`${foo}.old`)],
    [],
    [`${foo}.new`, `${foo}.old`],
    [],
  ],
  [
    "what a replacement has left, and runs",
    [container(foo, running)],
    [container(`${foo}.old`, running)],
    [],
    [],
    [`${foo}.old halfway`],
  ],
  [
    "what a replacement has left in the TTY's stead",
    [],
    [container(`${foo}.new`), container(`${foo}.old`)],
    [],
    [],
    [`${foo}.new halfway`, `${foo}.old halfway`],
  ],
])("%s", (_, ttys, leftovers, homes, removed, kept) => {
  const idle = idleOf({ ttys, leftovers, homes }, now);
  expect([...idle.ttys, ...idle.leftovers].map(({ name }) => name)).toEqual(removed);
  const told = idle.kept.map(({ container: { name }, why }) => {
    const more =
      why.kind === "at work"
        ? ` ${why.who}`
        : why.kind === "remembers" && why.othersRun
          ? ", others run"
          : "";
    return `${name} ${why.kind}${more}`;
  });
  expect(told).toEqual(kept);
});

test("a lock of one's own keeps nobody out", () => {
  const found = { ttys: [container(foo)], leftovers: [heldLock], homes: [home("pet-foo-home")] };
  expect(idleOf(found, now, "pet-foo").ttys.map(({ name }) => name)).toEqual([foo]);
});
