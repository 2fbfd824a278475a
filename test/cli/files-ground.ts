/** Trees of files to be copied, and what they are, told in a way that two of them can be compared by. */

import { createHash } from "node:crypto";
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** One of each kind of thing that can be copied, under names that are hard to take. */
export function treeOfEverything(path: string): void {
  const nasty = [
    "-n",
    "--",
    "new\nline",
    "blank s",
    "\t",
    "$(id)",
    "'\"",
    "é漢\u{1f600}",
    "*",
    "~",
    "a\\b",
    "x".repeat(255),
  ];
  mkdirSync(join(path, "deep/er/still"), { recursive: true });
  for (const name of nasty) writeFileSync(join(path, name), name);
  writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from("\xff\xfe", "latin1")]), "no text");
  mkdirSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from("d\xff", "latin1")]));
  writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from("d\xff/x\xfe", "latin1")]), "within");
  writeFileSync(join(path, "large"), Buffer.alloc(1_500_000, "0123456789\0\xff\r\n"));
  writeFileSync(join(path, "empty"), "");
  mkdirSync(join(path, "empty directory"));
  writeFileSync(join(path, "deep/er/still/one"), "one");
  linkSync(join(path, "deep/er/still/one"), join(path, "again"));
  symlinkSync("deep/er", join(path, "link to a directory"));
  symlinkSync("/nowhere/at/all", join(path, "link to nothing"));
  writeFileSync(join(path, "holes"), "begin");
  truncateSync(join(path, "holes"), 50_000_000);
  writeFileSync(join(path, "holes"), "end", { flag: "a" });
  const modes = { "read only": 0o400, program: 0o755, everyone: 0o666 };
  for (const [name, mode] of Object.entries(modes)) {
    writeFileSync(join(path, name), name);
    chmodSync(join(path, name), mode);
    utimesSync(join(path, name), 1, 987_654_321);
  }
  mkdirSync(join(path, "closed"));
  writeFileSync(join(path, "closed/inside"), "inside");
  chmodSync(join(path, "closed"), 0o555);
  utimesSync(join(path, "deep"), 1, 123_456_789);
}

/** A line for each thing below, sorted: its name's bytes, kind, mode, time, and what is in it. */
export function manifest(root: string): readonly string[] {
  const lines: string[] = [];
  walk(Buffer.from(root), "");
  return lines.sort();

  function walk(path: Buffer, name: string): void {
    const stats = lstatSync(path);
    const mode = (stats.mode & 0o7777).toString(8);
    const time = Math.floor(stats.mtimeMs / 1000);
    if (stats.isSymbolicLink()) {
      lines.push(`${name} link ${readlinkSync(path)}`);
    } else if (stats.isDirectory()) {
      lines.push(`${name}/ ${mode} ${time}`);
      for (const each of readdirSync(path, { encoding: "buffer" })) {
        walk(Buffer.concat([path, Buffer.from("/"), each]), `${name}/${each.toString("latin1")}`);
      }
    } else {
      const hash = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
      lines.push(`${name} ${mode} ${time} ${stats.size} x${stats.nlink} ${hash}`);
    }
  }
}
