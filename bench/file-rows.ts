/** What `put` and `get` cost, beside `docker cp`. */

import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "./measure.ts";
import { container, type Stage } from "./stage.ts";

/** As large as a checkout with its dependencies: 4,500 files, 40 MB. */
const many = { directories: 90, each: 50, bytes: 8_888 };
const large = 2 ** 30;

export function fileRows({ pet, docker, env, image }: Stage): readonly Row[] {
  const here = join(env.HOME ?? "", "files");
  const tree = once(() => writeTree(join(here, "tree")));
  const file = once(() => writeLarge(join(here, "file")));
  const back = join(here, "back");
  const home = "/home/developer";
  // What docker copies in is root's, and the pet may not remove it.
  const asRoot = ["run", "--rm", "--user=0", "--volume=pet-bench-home:/home", "--entrypoint=rm", image];
  const cleared = () => docker(...asRoot, "-rf", `${home}/tree`, `${home}/file`);
  const emptied = () => {
    rmSync(back, { recursive: true, force: true });
    mkdirSync(back, { recursive: true });
  };
  const there = once(async () => {
    await cleared();
    await pet("bench", "put", tree());
    await pet("bench", "put", file());
  });

  return [
    {
      what: "`put` of 4,500 files, 40 MB",
      beside: "`docker cp`",
      aim: { kind: "ratio", most: 0.75 },
      share: 0.5,
      before: async () => {
        tree();
        await cleared();
      },
      ours: () => pet("bench", "put", tree()),
      theirs: () => docker("cp", tree(), `${container}:${home}/`),
    },
    {
      what: "`put` of one file, 1 GiB",
      beside: "`docker cp`",
      aim: { kind: "ratio", most: 1 },
      share: 0.2,
      before: async () => {
        file();
        await cleared();
      },
      ours: () => pet("bench", "put", file()),
      theirs: () => docker("cp", file(), `${container}:${home}/`),
    },
    {
      what: "`get` of 4,500 files, 40 MB",
      beside: "`docker cp`",
      aim: { kind: "ratio", most: 0.75 },
      share: 0.5,
      before: async () => {
        await there();
        emptied();
      },
      ours: () => pet("bench", "get", "tree", back),
      theirs: () => docker("cp", `${container}:${home}/tree`, back),
    },
    {
      what: "`get` of one file, 1 GiB",
      beside: "`docker cp`",
      aim: { kind: "ratio", most: 1 },
      share: 0.2,
      before: async () => {
        await there();
        emptied();
      },
      ours: () => pet("bench", "get", "file", back),
      theirs: () => docker("cp", `${container}:${home}/file`, back),
    },
  ];
}

function writeTree(root: string): string {
  for (let directory = 0; directory < many.directories; directory++) {
    const path = join(root, `package-${directory}`, "lib");
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < many.each; file++)
      writeFileSync(join(path, `module-${file}.js`), randomBytes(many.bytes));
  }
  return root;
}

function writeLarge(path: string): string {
  const block = randomBytes(2 ** 20);
  const file = openSync(path, "w");
  for (let written = 0; written < large; written += block.length) writeSync(file, block);
  closeSync(file);
  return path;
}

function once<Result>(make: () => Result): () => Result {
  let made: { readonly value: Result } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
