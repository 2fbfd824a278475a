import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract, type Header, pack } from "tar-stream";
import { expect, onTestFinished, test } from "vitest";
import type { ContainerName } from "../../../src/pet/names.ts";
import { type Ground, home, newPet, running, workspace } from "../ground.ts";

interface File {
  readonly header: Partial<Header> & Pick<Header, "name">;
  readonly content: Buffer;
}

export function archiveCases(here: () => Ground): void {
  const put = (name: ContainerName, directory: string, files: readonly File[]) =>
    here().engine.putArchive(name, directory, packed(files));
  const get = async (name: ContainerName, path: string) =>
    unpacked(await here().engine.getArchive(name, path));

  test("an archive brings owners, modes and times along, and takes them out again", async () => {
    const name = await running(here());
    const mtime = new Date("2024-02-03T04:05:06Z");
    const content = randomBytes(3 * 1024 * 1024);
    const file = { header: { name: "dir/file", mode: 0o640, uid: 1234, gid: 4321, mtime }, content };
    const directory = {
      header: { name: "dir", type: "directory", mode: 0o700, uid: 1234, gid: 1, mtime } as const,
      content: Buffer.alloc(0),
    };
    await put(name, "/home", [directory, file]);
    const [top, inside] = await get(name, "/home/dir");
    expect(top?.header).toMatchObject({ type: "directory", uid: 1234, gid: 1, mtime });
    expect(inside?.header).toMatchObject({ name: "dir/file", uid: 1234, gid: 4321, mtime });
    expect((inside?.header.mode ?? 0) & 0o777).toBe(0o640);
    expect(inside?.content.equals(content)).toBe(true);
  });

  test("archives go in and out of a TTY that never ran, into a home that others see", async () => {
    const { engine } = here();
    const of = newPet();
    const [one, two] = [workspace(here(), of), workspace(here(), of, "2")];
    await engine.ensureHome(home(of));
    for (const { name } of [one, two]) onTestFinished(() => engine.remove(name));
    await engine.create(one);
    await engine.create(two);
    await put(one.name, "/home", [{ header: { name: "note" }, content: Buffer.from("hello") }]);
    const [note] = await get(two.name, "/home/note");
    expect(note?.content.toString()).toBe("hello");
    expect((await engine.inspect(two.name))?.state).toBe("created");
  });

  test("a path that is not there is named, both ways", async () => {
    const name = await running(here());
    const missing = { code: "NO_SUCH_PATH", message: expect.stringContaining("/home/none") };
    await expect(here().engine.getArchive(name, "/home/none")).rejects.toMatchObject(missing);
    const file = { header: { name: "x" }, content: Buffer.from("x") };
    await expect(put(name, "/home/none", [file])).rejects.toMatchObject(missing);
  });

  test("there is no archive of a TTY that is not there", async () => {
    const { name } = workspace(here());
    await expect(here().engine.getArchive(name, "/home")).rejects.toMatchObject({ code: "NO_TTY" });
    await expect(put(name, "/home", [])).rejects.toMatchObject({ code: "NO_TTY" });
  });
}

function packed(files: readonly File[]): Readable {
  const tar = pack();
  for (const { header, content } of files) tar.entry(header, content);
  tar.finalize();
  return Readable.from(tar, { objectMode: false });
}

async function unpacked(tar: Readable) {
  const found: { header: Header; content: Buffer }[] = [];
  const entries = tar.pipe(extract());
  for await (const entry of entries) {
    const content = await buffer(entry as unknown as Readable);
    const name = entry.header.name.replace(/\/$/, "");
    found.push({ header: { ...entry.header, name }, content });
  }
  return found;
}
