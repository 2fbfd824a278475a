/** What the machine that pet runs on has to say about defaults. Looked up when asked for, and once. */

import { readlinkSync } from "node:fs";
import { gitSetting } from "./git-identity.ts";
import type { Environment } from "./place.ts";

export interface Host {
  readonly gitName: string;
  readonly gitEmail: string;
  /** IANA name, or blank where it is not known. */
  readonly timeZone: string;
  readonly locale: string;
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

export function readHost(environment: Environment): Host {
  const git = (name: "name" | "email") => once(() => gitSetting(name, environment));
  const [gitName, gitEmail, timeZone] = [git("name"), git("email"), once(() => timeZoneOf(environment))];
  return {
    get gitName() {
      return gitName();
    },
    get gitEmail() {
      return gitEmail();
    },
    get timeZone() {
      return timeZone();
    },
    locale: localeOf(environment),
    httpProxy: proxyOf(environment, "http_proxy"),
    httpsProxy: proxyOf(environment, "https_proxy"),
    noProxy: either(environment, "no_proxy").replace(/\s+/g, ""),
  };
}

/** This machine, looked at once. */
export const thisHost: () => Host = once(() => readHost(process.env));

export function timeZoneOf(environment: Environment, link = "/etc/localtime"): string {
  const named = environment.TZ?.replace(/^:/, "");
  if (named && /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(named)) return named;
  try {
    return /zoneinfo\/(?:posix\/)?([A-Za-z][\w+-]*(?:\/[\w+-]+)*)$/.exec(readlinkSync(link))?.[1] ?? "";
  } catch {
    return "";
  }
}

/** Another charset than UTF-8 would garble what a console shows, and the image has no other. */
export function localeOf({ LC_ALL, LC_CTYPE, LANG }: Environment): string {
  const named = LC_ALL || LC_CTYPE || LANG || "";
  return /^[A-Za-z]{2,3}(_[A-Z]{2})?\.utf-?8$/i.test(named)
    ? named.replace(/\.utf-?8$/i, ".UTF-8")
    : "C.UTF-8";
}

/** A proxy on this machine's loopback cannot be reached from inside a workspace. */
function proxyOf(environment: Environment, name: string): string {
  const url = either(environment, name);
  if (!URL.canParse(url)) return "";
  const { protocol, hostname } = new URL(url);
  if (!/^(https?|socks5h?):$/.test(protocol)) return "";
  return /^(localhost|127\..*|\[::1\])$/.test(hostname) ? "" : url.replace(/\/+$/, "");
}

function either(environment: Environment, name: string): string {
  return environment[name] || environment[name.toUpperCase()] || "";
}

function once<Value>(find: () => Value): () => Value {
  let found: { readonly value: Value } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
