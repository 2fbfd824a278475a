/** How an engine is started on this machine: a line to paste. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { defaultSocket } from "../contexts/address.ts";
import type { Context } from "../contexts/current.ts";
import { otherwise } from "./offer.ts";

/** What starts services here, and whether there is an engine to start. */
export interface Ground {
  readonly platform: string;
  readonly services: "systemd" | "init" | "none";
  readonly dockerd: boolean;
}

export function ground(): Ground {
  return {
    platform: process.platform,
    services: existsSync("/run/systemd/system")
      ? "systemd"
      : existsSync("/etc/init.d/docker")
        ? "init"
        : "none",
    dockerd: isInstalled("dockerd"),
  };
}

export function startLine(context: Context, ground: Ground): string {
  return serviceLine("start", context, ground);
}

export function restartLine(context: Context, ground: Ground): string {
  return serviceLine("restart", context, ground);
}

function serviceLine(
  action: "start" | "restart",
  context: Context,
  { platform, services, dockerd }: Ground,
): string {
  const path = context.endpoint.kind === "unix" ? context.endpoint.path : "";
  if (/\/\.?colima\//.test(path)) return `colima ${action}`;
  if (platform === "darwin" && (isUsual(path) || path.includes("/.docker/"))) return "open -a Docker";
  if (path.endsWith("/podman.sock")) {
    return isOwn(path)
      ? `systemctl --user ${action} podman.socket`
      : `sudo systemctl ${action} podman.socket`;
  }
  if (isOwn(path)) return `systemctl --user ${action} docker`;
  if (!isUsual(path)) return otherwise(context);
  if (!dockerd) return "sudo apt-get install docker.io    # or: https://docs.docker.com/engine/install";
  if (services === "systemd") return `sudo systemctl ${action} docker`;
  if (services === "init") return `sudo service docker ${action}`;
  const stop = action === "restart" ? "sudo pkill -x dockerd; " : "";
  return `${stop}sudo sh -c 'dockerd >/var/log/dockerd.log 2>&1 &'`;
}

function isUsual(path: string): boolean {
  return path === defaultSocket || `/var${path}` === defaultSocket;
}

function isOwn(path: string): boolean {
  return /^\/run\/user\/\d+\//.test(path);
}

function isInstalled(program: string): boolean {
  const directories = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return directories.some((directory) => existsSync(join(directory, program)));
}
