/** The kinds of value that one or two keys have: patterns and the words that say what is wanted. */

import { objectionTo } from "../pet/reference.ts";
import { pairs } from "./list-types.ts";
import { checked, text } from "./types.ts";

const blank = "may be blank";

export const terminalName = text("a name of small letters, digits and inner “-”", {
  pattern: /^(?!base$)(?!.{41})[a-z0-9]+(-+[a-z0-9]+)*$/,
});

export const prefix = text("a small letter, then small letters and digits, at most 10 in all", {
  pattern: /^[a-z][a-z0-9]{0,9}$/,
});

export const imageReference = checked(text("a reference of an image, as debian:trixie-slim"), objectionTo);

export const prebuiltImage = checked(
  text("a reference of an image, as registry.example.org/me/tools:1 or …/tools@sha256:…", { blank }),
  objectionTo,
);

/** Debian's own users: one of their names with another uid would be two users in one. */
const systemUsers = new Set(
  "root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc nobody messagebus sshd".split(
    " ",
  ),
);

export const userName = checked(
  text("a small letter, then small letters, digits, “-” and “_”, at most 32 in all", {
    pattern: /^[a-z][a-z0-9_-]{0,31}$/,
  }),
  (name) => (systemUsers.has(name) ? `must not be “${name}”, a user that the system has already` : undefined),
);

export const shellPath = text("an absolute path inside, as /usr/bin/fish", { pattern: /^(\/[\w.+-]+)+$/ });

export const gitIdentity = text("one line of text", { blank });

export const detachKeys = text("keys as ctrl-\\ or ctrl-p,ctrl-q", {
  pattern: /^(ctrl-[a-z@[\\\]^_]|[A-Za-z])(,(ctrl-[a-z@[\\\]^_]|[A-Za-z]))*$/,
});

export const timeZone = text("a name of a time zone, as Europe/Paris", {
  pattern: /^[A-Za-z][\w+-]*(\/[\w+-]+){0,3}$/,
  blank,
});

export const locale = text("a locale, as en_GB.UTF-8", { pattern: /^[A-Za-z][\w.@-]{0,63}$/ });

export const proxy = checked(text("a URL, as http://proxy.example.org:3128", { blank }), (given) =>
  // Never quotes what was given: it may hold a password.
  /^(https?|socks5h?):\/\/[^\s/]+\/?$/i.test(given) && URL.canParse(given)
    ? undefined
    : "must be a URL, as http://proxy.example.org:3128",
);

export const noProxy = text("hosts separated by commas", { pattern: /^[^\s]+$/, blank });

export const filePath = checked(
  text("an absolute path on this machine", { pattern: /^\//, blank }),
  (path) => (/\/\.\.(\/|$)/.test(path) ? "must be a path without “..”" : undefined),
);

export const environment = pairs({
  name: "NAME=value pairs, separated by spaces",
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
  refuse: (name) =>
    name.startsWith("PET_") ? `has “${name}”: names that start with PET_ are pet's own` : undefined,
});

export const labels = pairs({
  name: "NAME=value pairs, separated by spaces",
  pattern: /^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$/,
  refuse: (name) =>
    name.startsWith("pet.") ? `has “${name}”: labels that start with pet. are pet's own` : undefined,
});
