/** An engine's address, as DOCKER_HOST and contexts write it: what it means, and a name for it. Pure. */

import type { Endpoint } from "../engine/endpoint.ts";
import { fail } from "../pet/errors.ts";

export const defaultSocket = "/var/run/docker.sock";

/** @throws BAD_ADDRESS */
export function readAddress(address: string): Endpoint {
  const { scheme, rest } = partsOf(address);
  switch (scheme) {
    case "unix":
      return { kind: "unix", path: rest || defaultSocket };
    case "tcp":
    case "http": {
      const { hostname, port } = urlOf(address, rest);
      return { kind: "tcp", host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 2375) };
    }
    case "ssh":
    case "https":
    case "npipe":
    case "kube":
      return { kind: "other", address };
    default:
      throw fail("BAD_ADDRESS", { address });
  }
}

/**
 * The name of an engine that only has an address: its host; a port other than the usual tells two of them apart.
 * A socket goes by its path, each `/` a `+`, except for the usual one, which is the default context's.
 */
export function nameOfAddress(address: string): string {
  const { scheme, rest } = partsOf(address);
  if (scheme === "unix") return nameOfSocket(rest || defaultSocket);
  if (scheme === "npipe") return "default";
  const { hostname, port } = urlOf(address, rest);
  const host = hostname.replace(/^\[|\]$/g, "");
  return port === "" || usualPorts.has(port) ? host : `${host}:${port}`;
}

const usualPorts = new Set(["22", "2375", "2376"]);

function nameOfSocket(path: string): string {
  if (path === defaultSocket || path === "/run/docker.sock") return "default";
  return path.replace(/^\//, "").replace(/[+%]/g, encodeURIComponent).replaceAll("/", "+");
}

interface Parts {
  readonly scheme: string;
  readonly rest: string;
}

/** Docker takes an address without a scheme for a TCP one. */
function partsOf(address: string): Parts {
  const cut = address.indexOf("://");
  if (cut < 0) return { scheme: "tcp", rest: address };
  return { scheme: address.slice(0, cut).toLowerCase(), rest: address.slice(cut + 3) };
}

function urlOf(address: string, rest: string): URL {
  // Of a scheme it does not know, URL keeps every port.
  const url = URL.parse(`engine://${rest}`);
  if (url === null || url.hostname === "") throw fail("BAD_ADDRESS", { address });
  return url;
}
