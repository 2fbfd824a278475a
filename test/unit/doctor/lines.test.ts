/** Lines that a person pastes. */

import { describe, expect, test } from "vitest";
import type { Context } from "../../../src/contexts/current.ts";
import { mountPointOf } from "../../../src/doctor/mounts.ts";
import { offerLine } from "../../../src/doctor/offer.ts";
import { editing, pasted } from "../../../src/doctor/paste.ts";
import { redefined } from "../../../src/doctor/redefined.ts";
import { type Ground, restartLine, startLine } from "../../../src/doctor/start-line.ts";
import { runToEnd } from "../../support/run-to-end.ts";

const at = (path: string, why = "the default"): Context => ({
  name: "some",
  why,
  endpoint: { kind: "unix", path },
});
const debian: Ground = { platform: "linux", services: "systemd", dockerd: true };
const usual = "/var/run/docker.sock";

describe("an engine is started", () => {
  test.each([
    [usual, debian, "sudo systemctl start docker"],
    ["/run/docker.sock", debian, "sudo systemctl start docker"],
    [usual, { ...debian, services: "init" }, "sudo service docker start"],
    [usual, { ...debian, services: "none" }, "sudo sh -c 'dockerd >/var/log/dockerd.log 2>&1 &'"],
    [
      usual,
      { ...debian, dockerd: false },
      "sudo apt-get install docker.io    # or: https://docs.docker.com/engine/install",
    ],
    [usual, { ...debian, platform: "darwin" }, "open -a Docker"],
    ["/Users/ada/.docker/run/docker.sock", { ...debian, platform: "darwin" }, "open -a Docker"],
    ["/run/user/1000/docker.sock", debian, "systemctl --user start docker"],
    ["/run/user/1000/podman/podman.sock", debian, "systemctl --user start podman.socket"],
    ["/run/podman/podman.sock", debian, "sudo systemctl start podman.socket"],
    ["/home/ada/.colima/default/docker.sock", debian, "colima start"],
    ["/srv/other.sock", debian, "docker context ls"],
  ] as const)("that is at %s, by %j", (path, ground, expected) => {
    expect(startLine(at(path), ground)).toBe(expected);
  });

  test("or, where another was chosen, that choice is undone", () => {
    expect(startLine(at("/srv/other.sock", "PET_CONTEXT"), debian)).toBe("unset PET_CONTEXT");
    expect(startLine(at("/srv/other.sock", "--context"), debian)).toBe("pet doctor    # without --context");
    expect(startLine(at("/srv/other.sock", "Docker's configuration"), debian)).toBe(
      "docker context use default",
    );
  });

  test("anew where it hangs", () => {
    expect(restartLine(at(usual), debian)).toBe("sudo systemctl restart docker");
    expect(restartLine(at(usual), { ...debian, services: "none" })).toContain("pkill -x dockerd");
  });
});

describe("another engine is offered", () => {
  const info = { product: "Docker Engine", version: "29.0.0", rootless: true } as const;
  const lead = { address: "unix:///run/user/1/docker.sock", context: undefined, info };
  test.each([
    [
      "the default",
      lead,
      "export DOCKER_HOST=unix:///run/user/1/docker.sock    # Docker Engine 29.0.0, without root",
    ],
    [
      "the default",
      { ...lead, context: "mine" },
      "docker context use mine    # Docker Engine 29.0.0, without root",
    ],
    [
      "DOCKER_CONTEXT",
      { ...lead, context: "mine" },
      "export DOCKER_HOST=unix:///run/user/1/docker.sock    # Docker Engine 29.0.0, without root",
    ],
    [
      "DOCKER_HOST",
      { ...lead, address: `unix://${usual}` },
      "unset DOCKER_HOST    # Docker Engine 29.0.0, without root",
    ],
    [
      "PET_CONTEXT",
      lead,
      "unset PET_CONTEXT; export DOCKER_HOST=unix:///run/user/1/docker.sock    # Docker Engine 29.0.0, without root",
    ],
    [
      "--context",
      lead,
      "export DOCKER_HOST=unix:///run/user/1/docker.sock    # Docker Engine 29.0.0, without root; and leave --context out",
    ],
  ])("where the choice was made by %s", (why, one, expected) => {
    expect(offerLine(one, { why })).toBe(expected);
  });
});

test.each(["plain", "two words", "it's", "$(reboot)", "-n", "", "a\nb", "é*?"])(
  "a shell reads %j back",
  async (word) => {
    const { stdout } = await runToEnd("sh", ["-c", `printf %s ${pasted(word)}`]);
    expect(stdout).toBe(word);
    expect(editing("/some where")).toBe(`"\${EDITOR:-vi}" '/some where'`);
  },
);

describe("an alias is made something else", () => {
  const block = `# mine
# >>> pet aliases >>>
# Kept by: pet alias --install NAME, pet alias --uninstall NAME
if command -v pet >/dev/null; then eval "$(pet alias foo)"; fi
# <<< pet aliases <<<
`;
  test.each([
    ["alias foo=ls", 6],
    ["\n  alias -- foo='ls'", 7],
    ["alias bar=1 foo=2", 6],
    ["foo() { ls; }", 6],
    ["function foo { ls; }", 6],
    ["unset -f foo", 6],
    ["# alias foo=ls", undefined],
    ["alias foobar=ls", undefined],
    ["echo foo", undefined],
  ])("by %j after the block: line %j", (after, line) => {
    expect(redefined("foo", `${block}${after}\n`, "f")).toBe(line);
  });

  test("by nothing that stands before the block", () => {
    expect(redefined("foo", `alias foo=ls\n${block}`, "f")).toBeUndefined();
  });
});

describe("of all mounts the one is found that a path is on", () => {
  const mountinfo = `22 1 254:1 / / rw - ext4 /dev/root rw
30 22 0:9 / /home/ada/far\\040away rw - fuse.sshfs far: rw
31 22 0:9 / /home/ada rw - ext4 /dev/home rw
`;
  test.each([
    ["/home/ada/far away/x", "/home/ada/far away"],
    ["/home/ada/far awayx", "/home/ada"],
    ["/home/ada", "/home/ada"],
    ["/srv", "/"],
  ])("%s is on %s", (path, point) => {
    expect(mountPointOf(path, mountinfo)).toBe(point);
  });
});
