/** A program that keeps credentials: `docker-credential-NAME get`, the server on its standard input, JSON on its output. */

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { at, textAt } from "./json.ts";

/** A failure, in the words of who asks. */
export type Broken = (reason: string, cause?: unknown) => Error;

type Answer = { readonly username: string; readonly password: string } | { readonly identitytoken: string };

/** Undefined where it knows nothing of this server. */
export async function askHelper(name: string, server: string, broken: Broken): Promise<Answer | undefined> {
  const program = `docker-credential-${name}`;
  if (!/^[\w.+-]+$/.test(name)) throw broken(`“${program}” cannot be a program's name`);
  const { status, said } = await run(program, server, broken);
  if (status !== 0 && /credentials not found in native keychain/.test(said)) return undefined;
  // A program that fails says why on its standard output, where else the secret stands.
  if (status !== 0) throw broken(`${program} failed${reasonIn(said)}`);
  const answer = parsed(said);
  const [username, secret] = [textAt(answer, "Username"), textAt(answer, "Secret")];
  if (secret === "") throw broken(`${program} answered with no secret`);
  return username === "<token>" ? { identitytoken: secret } : { username, password: secret };
}

async function run(
  program: string,
  server: string,
  broken: Broken,
): Promise<{ readonly status: number; readonly said: string }> {
  // What it says beside its answer is for the person: it may ask for the key that opens its store.
  const child = spawn(program, ["get"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", (error) =>
      reject(broken(at(error, "code") === "ENOENT" ? `there is no program ${program}` : error.message)),
    );
    child.once("close", (status) => resolve(status ?? 1));
  });
  // It may end without having read.
  child.stdin.on("error", () => {});
  child.stdin.end(server);
  const [status, said] = await Promise.all([ended, text(child.stdout)]);
  return { status, said };
}

function reasonIn(said: string): string {
  const line = said.trim().split("\n")[0] ?? "";
  return line === "" || /[{"]/.test(line) ? "" : ` (“${line}”)`;
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(said) as unknown;
  } catch {
    return undefined;
  }
}
