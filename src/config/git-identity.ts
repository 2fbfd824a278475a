/**
 * The name and address that git would put on a commit anywhere, read from its files: starting git costs more than
 * all the rest of a start. Only an `includeIf`, whose conditions are git's affair, makes it be asked.
 */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Environment, homeDirectory } from "./place.ts";

export function gitSetting(name: "name" | "email", environment: Environment): string {
  const found: Found = { value: undefined, conditional: false };
  for (const file of files(environment)) scan(file, name, environment, found, 0);
  if (found.value === undefined && found.conditional) return askGit(name);
  return oneLine(found.value ?? "");
}

interface Found {
  value: string | undefined;
  conditional: boolean;
}

/** In git's order: what comes later wins. */
function files(environment: Environment): readonly string[] {
  if (environment.GIT_CONFIG_GLOBAL !== undefined) return ["/etc/gitconfig", environment.GIT_CONFIG_GLOBAL];
  const home = homeDirectory(environment);
  const xdg = environment.XDG_CONFIG_HOME || `${home}/.config`;
  return ["/etc/gitconfig", `${xdg}/git/config`, `${home}/.gitconfig`];
}

function scan(file: string, name: string, environment: Environment, found: Found, depth: number): void {
  let section = "";
  for (const line of lines(file)) {
    const [, header, rest = ""] = /^\s*\[\s*([^\]]*?)\s*\]\s*(.*)$/.exec(line) ?? [
      undefined,
      undefined,
      line,
    ];
    if (header !== undefined) section = header.toLowerCase();
    if (section.startsWith("includeif ")) found.conditional = true;
    const [, key = "", raw = ""] = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*(.*)$/.exec(rest) ?? [];
    if (section === "user" && key.toLowerCase() === name) found.value = unquoted(raw);
    if (section === "include" && key.toLowerCase() === "path" && depth < 10) {
      const path = unquoted(raw).replace(/^~(?=\/)/, homeDirectory(environment));
      scan(resolve(dirname(file), path), name, environment, found, depth + 1);
    }
  }
}

function lines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8")
      .replace(/\\\r?\n/g, "")
      .split(/\r?\n/);
  } catch {
    return [];
  }
}

/** Quotes and backslashes as git reads them; a comment ends the value. */
function unquoted(raw: string): string {
  let value = "";
  let kept = 0;
  let quoted = false;
  for (const [token] of raw.matchAll(/\\.|[\s\S]/gu)) {
    if (token === '"') {
      quoted = !quoted;
      kept = value.length;
      continue;
    }
    if (!quoted && (token === "#" || token === ";")) break;
    value += token.length > 1 && token.startsWith("\\") ? escaped(token.slice(1)) : token;
    if (quoted || token.trim() !== "") kept = value.length;
  }
  return value.slice(0, kept);
}

function escaped(letter: string): string {
  return { n: "\n", t: "\t", b: "" }[letter] ?? letter;
}

function askGit(name: string): string {
  try {
    const { execFileSync } = process.getBuiltinModule("node:child_process");
    const argv = ["config", "--get", `user.${name}`];
    return oneLine(
      execFileSync("git", argv, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 2000 }),
    );
  } catch {
    return "";
  }
}

function oneLine(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ").trim();
}
