/** References of images: the grammar that engines and registries share (github.com/distribution/reference), read. */

export interface Reference {
  /** Host of the registry, perhaps with a port. */
  readonly registry: string;
  /** What the image is called there. */
  readonly path: string;
  readonly tag: string;
  /** Where there is one the tag is of no account. */
  readonly digest: string | undefined;
}

/** Docker Hub, which goes without saying. */
export const usualRegistry = "docker.io";

/** What is left out is filled in as docker does: Docker Hub, its `library/`, the tag `latest`. */
export function readReference(text: string): Reference | undefined {
  if (isIdentifier.test(text)) return undefined;
  const [, name = "", tag = "latest", digest] = whole.exec(text) ?? [];
  if (name === "" || name.length > 255) return undefined;
  const cut = name.indexOf("/");
  const first = cut < 0 ? "" : name.slice(0, cut);
  if (!isHost(first)) return isPath(name) && !/[.:]/.test(first) ? onHub(name, tag, digest) : undefined;
  const path = name.slice(cut + 1);
  if (!isPath(path)) return undefined;
  if (first === usualRegistry || first === `index.${usualRegistry}`) return onHub(path, tag, digest);
  return { registry: first, path, tag, digest };
}

/** As docker shows it: what goes without saying is left out, but for the tag. */
export function written({ registry, path, tag, digest }: Reference): string {
  const short = registry === usualRegistry ? path.replace(/^library\//, "") : `${registry}/${path}`;
  return digest === undefined ? `${short}:${tag}` : `${short}@${digest}`;
}

/** The same for every way to write one image; what is no reference stays as it is. */
export function normalized(text: string): string {
  const reference = readReference(text);
  return reference === undefined ? text : written(reference);
}

/** For where there is little room: of a digest as much as tells it from others. */
export function shortened(reference: string): string {
  return reference.replace(/(?<=@sha256:[0-9a-f]{12})[0-9a-f]{52}$/, "…");
}

/** What keeps this text from being a reference; completes the sentence “PET_IMAGE …”. */
export function objectionTo(text: string): string | undefined {
  if (readReference(text) !== undefined) return undefined;
  if (/^[a-z]+:\/\//i.test(text)) return "must be a reference of an image, without “https://”";
  if (isIdentifier.test(text)) return "must name an image: an identifier alone will not do";
  if (/@/.test(text) && !/@sha256:[0-9a-f]{64}$/.test(text))
    return "must end in sha256: and 64 hexadecimal digits after the “@”";
  if (/[A-Z]/.test(text.replace(/:[^/:]*$/, "").replace(/^[^/]*[.:][^/]*\//, "")))
    return "must name an image in small letters";
  return "must be a reference of an image, as debian:trixie-slim or registry.example.org/me/tools:1";
}

const isIdentifier = /^(sha256:)?[0-9a-f]{64}$/;
const whole = /^([^:@]+(?::[0-9]+(?=\/)[^:@]+)?)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

function onHub(path: string, tag: string, digest: string | undefined): Reference {
  return { registry: usualRegistry, path: path.includes("/") ? path : `library/${path}`, tag, digest };
}

/** Without a dot or a port it is a part of the path, unless it is this machine. */
function isHost(first: string): boolean {
  if (!/[.:]/.test(first) && first !== "localhost") return false;
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?$/i.test(first);
}

function isPath(text: string): boolean {
  return /^[a-z0-9]+((\.|_{1,2}|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_{1,2}|-+)[a-z0-9]+)*)*$/.test(text);
}
