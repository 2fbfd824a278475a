/** Docker's own configuration file, which says where the engine is and how to log in to registries. */

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { hiddenBy } from "../alias/start-up.ts";
import { dockerConfigDirectory } from "../contexts/current.ts";
import { faultOf } from "../system/fault.ts";
import { check, say } from "./check.ts";
import { editing, pasted } from "./paste.ts";

interface Facts {
  readonly file: string;
  readonly is: "not there" | "damaged" | { readonly fault: string } | { readonly helpers: readonly string[] };
}

const rows = {
  NONE: { state: "ok", finding: "no {file}: the usual applies" },
  FINE: { state: "ok", finding: "{file}" },
  DAMAGED: {
    state: "broken",
    finding: "{file} is not the JSON that Docker writes",
    repair: "mv {path} {path}.away",
  },
  UNREADABLE: {
    state: "broken",
    finding: "{file} cannot be read: {reason}",
    repair: 'sudo chown "$USER" {path} && chmod 600 {path}',
  },
  NO_HELPER: {
    state: "warning",
    finding: "{file} has passwords asked of docker-credential-{helper}, which is not on the PATH",
    repair: "{edit}    # take {helper} out, or install it",
  },
} as const;

export const dockerConfig = check<Facts>({
  name: "docker configuration",
  about: "Docker's config.json is whole, and the programs it names are there",
  rows,
  limit: 30,
  needs: (place) => [dockerConfigDirectory(place.env)],
  async look(place) {
    const file = join(dockerConfigDirectory(place.env), "config.json");
    return { file, is: await read(file, place.env.PATH) };
  },
  judge({ file, is }) {
    const path = pasted(file);
    if (is === "not there") return [say(rows.NONE, { file })];
    if (is === "damaged") return [say(rows.DAMAGED, { file, path })];
    if ("fault" in is) return [say(rows.UNREADABLE, { file, path, reason: is.fault })];
    if (is.helpers.length === 0) return [say(rows.FINE, { file })];
    return is.helpers.map((helper) => say(rows.NO_HELPER, { file, helper, edit: editing(file) }));
  },
});

async function read(file: string, path: string | undefined): Promise<Facts["is"]> {
  try {
    if (!(await stat(file)).isFile()) return "damaged";
    const parsed: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return "damaged";
    return { helpers: missingHelpers(parsed, path) };
  } catch (error) {
    if (error instanceof SyntaxError) return "damaged";
    const { code, text } = faultOf(error);
    return code === "ENOENT" || code === "ENOTDIR" ? "not there" : { fault: text };
  }
}

function missingHelpers(config: object, path: string | undefined): readonly string[] {
  const store = "credsStore" in config ? [config.credsStore] : [];
  const byRegistry = "credHelpers" in config ? Object.values(config.credHelpers ?? {}) : [];
  const names = [...store, ...byRegistry].filter((name) => typeof name === "string" && name !== "");
  return [...new Set(names.map(String))].filter(
    (name) => hiddenBy(`docker-credential-${name}`, path) === undefined,
  );
}
