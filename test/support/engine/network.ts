/**
 * A bridge for the tests' engine, beside whatever networks the machine has. The engine itself is told to leave the
 * firewall alone: a second dockerd would rewrite the chains of the first. So the three rules that let its containers
 * out are written here, and carry the bridge's name, by which they are found again and removed.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { attempt, run } from "./run.ts";

export interface Network {
  readonly bridge: string;
  readonly subnet: string;
}

const forwarding = "/proc/sys/net/ipv4/ip_forward";

export function raiseNetwork(bridge: string): Network {
  const subnet = freeSubnet();
  run("ip", "link", "add", bridge, "type", "bridge");
  run("ip", "address", "add", `${subnet}.1/24`, "dev", bridge);
  run("ip", "link", "set", bridge, "up");
  if (readFileSync(forwarding, "utf8").trim() !== "1") writeFileSync(forwarding, "1");
  const network = { bridge, subnet: `${subnet}.0/24` };
  for (const rule of rules(network)) run("iptables", "-w", ...rule("-I"));
  return network;
}

export function removeNetwork({ bridge, subnet }: Network): void {
  for (const rule of rules({ bridge, subnet })) attempt("iptables", "-w", ...rule("-D"));
  attempt("ip", "link", "delete", bridge);
}

/** The subnet of a bridge that a run before this one left behind. */
export function subnetOf(bridge: string): string | undefined {
  const { output } = attempt("ip", "-4", "-o", "address", "show", "dev", bridge);
  return /inet (\d+\.\d+\.\d+)\.1\/24/.exec(output)?.[1]?.concat(".0/24");
}

function freeSubnet(): string {
  const taken = run("ip", "-4", "route");
  for (let third = 0; third < 256; third++) {
    const subnet = `10.213.${(third + process.pid) % 256}`;
    if (!taken.includes(`${subnet}.`)) return subnet;
  }
  throw new Error("no free subnet within 10.213.0.0/16 for the tests' engine");
}

function rules({ bridge, subnet }: Network): readonly ((action: "-I" | "-D") => string[])[] {
  const named = ["-m", "comment", "--comment", bridge];
  return [
    (action) => [action, "FORWARD", "-i", bridge, ...named, "-j", "ACCEPT"],
    (action) => [action, "FORWARD", "-o", bridge, ...named, "-j", "ACCEPT"],
    (action) => [
      "-t",
      "nat",
      action,
      "POSTROUTING",
      "-s",
      subnet,
      "!",
      "-o",
      bridge,
      ...named,
      "-j",
      "MASQUERADE",
    ],
  ];
}
