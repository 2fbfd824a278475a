/**
 * What a person is known by to a registry, found as the docker CLI finds it: in its config.json, or by the helper that
 * this names (`docker-credential-NAME get`). It goes to the engine in a header and nowhere else.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../pet/errors.ts";
import { usualRegistry } from "../../pet/reference.ts";
import { askHelper, type Broken } from "./credential-helper.ts";
import { at, textAt } from "./json.ts";

/** As the engine's API wants it in X-Registry-Auth. */
export interface Credentials {
  readonly serveraddress: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

/** Nothing known of a registry is no failure: most images are for everybody. @throws CREDENTIALS_FAILED */
export type KnownTo = (registry: string) => Promise<Credentials | undefined>;

export function credentialsIn(configDirectory: string | undefined): KnownTo {
  return async (registry) => {
    if (configDirectory === undefined) return undefined;
    const file = join(configDirectory, "config.json");
    const broken = (reason: string, cause?: unknown) =>
      fail("CREDENTIALS_FAILED", { registry, reason, file }, { cause });
    const config = parsed(file, broken);
    const server = registry === usualRegistry ? hubServer : registry;
    const helper = textAt(config, "credHelpers", server) || textAt(config, "credsStore");
    if (helper === "") return stored(config, server, broken);
    const answer = await askHelper(helper, server, broken);
    return answer && { serveraddress: server, ...answer };
  };
}

/** What Docker Hub has been called in this file since its first version. */
const hubServer = "https://index.docker.io/v1/";

function parsed(file: string, broken: Broken): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = at(error, "code");
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw broken("the file cannot be read", error);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What JSON.parse says quotes the file, secrets included.
    throw broken("the file is not JSON");
  }
}

/** By the very name of the server, or else by its host, as older versions of docker wrote it. */
function stored(config: unknown, server: string, broken: Broken): Credentials | undefined {
  const auths = at(config, "auths");
  if (typeof auths !== "object" || auths === null) return undefined;
  const entry = at(auths, server) ?? Object.entries(auths).find(([name]) => hostOf(name) === server)?.[1];
  if (entry === undefined) return undefined;
  const tokens = {
    ...given("identitytoken", textAt(entry, "identitytoken")),
    ...given("registrytoken", textAt(entry, "registrytoken")),
  };
  const auth = textAt(entry, "auth");
  const [username, password] =
    auth === "" ? [textAt(entry, "username"), textAt(entry, "password")] : decoded(auth, broken);
  const named = { ...given("username", username), ...given("password", password), ...tokens };
  return Object.keys(named).length === 0 ? undefined : { serveraddress: server, ...named };
}

function decoded(auth: string, broken: Broken): readonly [string, string] {
  const text = Buffer.from(auth, "base64").toString();
  const cut = text.indexOf(":");
  if (cut < 0) throw broken("its “auth” is not a name and a password");
  return [text.slice(0, cut), text.slice(cut + 1).replace(/\0+$/, "")];
}

function given<Name extends string>(name: Name, text: string): Partial<Record<Name, string>> {
  return text === "" ? {} : ({ [name]: text } as Record<Name, string>);
}

function hostOf(name: string): string {
  return name.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
