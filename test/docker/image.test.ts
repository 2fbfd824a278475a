/** The image and its entry point, as unprivileged as pet runs them. */

import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clean, ended, engine, events, image, made, run, running, sh, up } from "./workspaces.ts";

beforeAll(async () => {
  await image();
}, 600_000);
afterAll(clean);

test("carries the contract's labels", async () => {
  expect((await engine.image(await image()))?.labels).toMatchObject({
    "pet.contract": "1",
    "pet.kind": "image",
  });
});

describe("a workspace", () => {
  const here = running();

  test("has a named person in a home of their own, under a read-only root", async () => {
    const one = await here;
    expect(
      await sh(
        one,
        "id -un; id -gn; cd; pwd; stat -c '%a %U' . /home/.pet; LC_ALL=C touch /x 2>&1 | grep -c Read-only",
      ),
    ).toBe("developer\ndeveloper\n/home/developer\n700 developer\n700 developer\n1\n");
  });

  test("has no program that could change who runs it", async () => {
    expect(await sh(await here, "find / -xdev -perm /6000 -type f 2>/dev/null")).toBe("");
  });

  test("listens nowhere", async () => {
    expect(await sh(await here, "cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == \"0A\"'")).toBe("");
  });

  test("speaks the language and keeps the time of the person's own machine", async () => {
    const one = await here;
    expect(await sh(one, "locale charmap; ls /nonexistent 2>&1; date -d @0 +%Z%H")).toBe(
      "UTF-8\nls: Zugriff auf '/nonexistent' nicht möglich: Datei oder Verzeichnis nicht gefunden\nCET01\n",
    );
  });

  test("knows the person to git", async () => {
    expect(await sh(await here, "git config --global user.name; git config --global user.email")).toBe(
      "Ann O'Neil\nann@example.org\n",
    );
  });

  test("has what people expect, manual pages included", async () => {
    const words = "git curl nano vim less man locale htop make dropbear sftp ps socat".split(" ");
    const one = await here;
    expect(
      await sh(
        one,
        `for x in ${words.join(" ")}; do command -v $x >/dev/null || [ -x /usr/sbin/$x ] || echo $x; done`,
      ),
    ).toBe("");
    expect(await sh(one, "for x in ls bash git vim; do man $x | head -1 | cut -c1-2; done")).toBe(
      "LS\nBA\nGI\nVI\n",
    );
    expect(
      await sh(
        one,
        "echo $EDITOR; [ -e /usr/share/bash-completion/bash_completion ] && grep -c bash_completion ~/.bashrc",
      ),
    ).toMatch(/^nano\n[1-9]/);
  });

  test("prompts with the person's and the workspace's names", async () => {
    const one = await here;
    const { stdout } = await run(one, ["bash", "-l", "-i", "-c", `echo "\${PS1@P}"`]);
    expect(stdout).toContain(`developer@${one.name}:`);
  });

  test.each([
    ["apt install -y jq ripgrep", "add jq ripgrep"],
    ["apt-get update", "drop PACKAGE"],
    ["sudo apt-get install jq", "add jq"],
    ["sudo -i", "nobody is root"],
    ["dpkg -i x.deb", "add PACKAGE"],
  ])("answers %s with the way that works", async (line, words) => {
    const { stdout, stderr, exit } = await run(await here, ["bash", "-l", "-c", line]);
    expect([stdout, exit]).toEqual(["", 1]);
    expect(stderr).toContain(words);
  });

  test.each([
    "apt list --installed git",
    "apt search '^jq$'",
    "apt show jq",
    "apt-cache policy jq",
    "apt policy jq",
    "dpkg -S /usr/bin/ls",
  ])("lets %s look", async (line) => {
    const { stdout, exit } = await run(await here, ["bash", "-l", "-c", line]);
    expect([stdout.length > 20, exit]).toEqual([true, 0]);
  });

  test("reaps what was left behind", async () => {
    const one = await here;
    await sh(one, "for i in 1 2 3; do (sleep 0.1 &) ; done");
    // One that ended and was not reaped would still be told by its name.
    await expect.poll(() => sh(one, "ps -eo comm= | grep -c sleep"), { timeout: 10_000 }).toBe("0\n");
  });

  test("has the console on the path, with nothing attached", async () => {
    expect(await sh(await here, "pet-console status; pet-console --help | head -1 | cut -c1-11")).toBe(
      "pet-console\n",
    );
  });

  test("logs one JSON object a line", async () => {
    const one = await here;
    const seen = async () => (await events(one)).map(({ event }) => event);
    await expect.poll(seen, { timeout: 10_000 }).toEqual(["start", "skeleton", "ready", "host-key"]);
  });

  test("keeps the image's own path before what a login adds", async () => {
    const { stdout } = await run(await here, [
      "sh",
      "-c",
      "PET_PATH=/opt/mine:/usr/bin bash -l -c 'echo $PATH'",
    ]);
    expect(stdout).toMatch(/^\/opt\/mine:\/usr\/bin:.*\/usr\/local\/bin/);
  });
});

test.each([1234, 64_000])("runs as uid %i", async (uid) => {
  const one = await running({ uid, gid: uid + 1, user: "ann" });
  expect(await sh(one, "id; echo $HOME; cd; touch x && stat -c '%u %g' x; ssh -V 2>&1 | cut -c1-7")).toMatch(
    new RegExp(`^uid=${uid}\\(ann\\) gid=${uid + 1}\\(ann\\).*\n.*\n${uid} ${uid + 1}\nOpenSSH\n$`),
  );
});

test("runs with a writable root as well", async () => {
  expect(await sh(await running({ readOnly: false }), "whoami")).toBe("developer\n");
});

test("lays the skeleton once, and never over a person's file", async () => {
  const one = await running();
  await sh(
    one,
    "cd /home/developer; echo '# mine' > .bashrc; rm .profile; rm .gitconfig; mkdir -p .config/git; echo '[user]' > .config/git/config",
  );
  const two = await up(await one.again());
  expect(await sh(two, "cd /home/developer; cat .bashrc; ls -A")).toBe(
    "# mine\n.bash_logout\n.bashrc\n.config\n",
  );
});

test("a home that had files before keeps them when the skeleton comes", async () => {
  const one = await made();
  const tar = pack();
  const owner = { uid: 1000, gid: 1000 };
  tar.entry({ name: "developer/", type: "directory", mode: 0o700, ...owner });
  tar.entry({ name: "developer/.bashrc", ...owner }, "# brought\n");
  tar.finalize();
  await engine.putArchive(one.name, "/home", Readable.from(tar, { objectMode: false }));
  await up(one);
  expect(await sh(one, "cat /home/developer/.bashrc; ls /home/developer/.profile")).toBe(
    "# brought\n/home/developer/.profile\n",
  );
});

test("has one host key in the life of a home", async () => {
  const one = await running();
  const key =
    "until [ -e /home/.pet/ssh_host_ed25519_key ]; do sleep 0.05; done; cksum /home/.pet/ssh_host_ed25519_key; stat -c %a /home/.pet/ssh_host_ed25519_key";
  const before = await sh(one, key);
  expect(before).toMatch(/ 83 .*\n600\n$/);
  expect(await sh(await up(await one.again()), key)).toBe(before);
});

describe("stops", () => {
  test.each([
    ["idle", "true"],
    [
      "with a shell that ignores what it can",
      "nohup setsid sh -c 'trap \"\" TERM HUP INT; while :; do sleep 1; done' >/dev/null 2>&1 &",
    ],
  ])("%s within two seconds", async (_, line) => {
    const one = await running();
    await run(one, ["sh", "-c", line]);
    const asked = Date.now();
    await engine.stop(one.name);
    // When its first process had ended; what the engine tidies up after that is the engine's own time.
    const stopped = (await engine.inspect(one.name))?.since?.getTime() ?? Number.NaN;
    expect(stopped - asked).toBeLessThan(2_000);
    expect((await events(one)).at(-1)).toMatchObject({ event: "stop", signal: "TERM" });
    expect(await ended(one)).toBe(0);
  });

  test("shells hear of it, in time to write what they keep", async () => {
    const one = await running();
    await run(one, [
      "sh",
      "-c",
      "setsid sh -c 'trap \"echo told > /home/developer/told; exit\" HUP; while :; do sleep 0.05; done' >/dev/null 2>&1 &",
    ]);
    await engine.stop(one.name);
    await up(one);
    expect(await sh(one, "cat /home/developer/told")).toBe("told\n");
  });
});

describe("a home in other hands", () => {
  test("is refused with one line and exit 78", async () => {
    const one = await running({ uid: 1000 });
    const two = await one.again({ uid: 2000, gid: 2000 });
    await engine.start(two.name);
    expect(await ended(two)).toBe(78);
    expect((await events(two)).at(-1)).toMatchObject({ event: "home-foreign", owner: 1000, uid: 2000 });
    await engine.stop(two.name);
  });

  test("is mended by what was laid beside it, once that is complete", async () => {
    const one = await running({ uid: 1000 });
    await sh(
      one,
      "cd /home/developer; mkdir -p deep/er; echo old > deep/er/file; echo secret > .mine; chmod 600 .mine; ln -s .mine link",
    );
    const two = await one.again({ uid: 2000, gid: 2000 });
    const owner = { uid: 2000, gid: 2000 };
    const copies = ["", "developer/", "developer/deep/", "developer/deep/er/"].map(
      (path) => `.pet-mend/tree/${path}`,
    );
    const directories = [
      "./",
      "developer/",
      "developer/deep/",
      "developer/deep/er/",
      ".pet/",
      ".pet-mend/",
      ...copies,
    ];
    const lay = async (...complete: readonly string[]) => {
      const tar = pack();
      for (const name of directories)
        tar.entry({ name, type: "directory", mode: name === "./" ? 0o1777 : 0o700, ...owner });
      tar.entry({ name: ".pet-mend/tree/developer/deep/er/file", ...owner }, "old\n");
      tar.entry({ name: ".pet-mend/tree/developer/.mine", mode: 0o600, ...owner }, "secret\n");
      tar.entry({ name: ".pet-mend/tree/developer/link", type: "symlink", linkname: ".mine", ...owner });
      for (const name of complete) tar.entry({ name, ...owner }, "");
      tar.finalize();
      await engine.putArchive(two.name, "/home", Readable.from(tar, { objectMode: false }));
    };
    // Half of it, as if the laying had been interrupted after the directories had changed hands.
    await lay();
    await engine.start(two.name);
    expect(await ended(two)).toBe(78);
    await engine.stop(two.name);
    await lay(".pet-mend/complete");
    await up(two);
    expect(
      await sh(
        two,
        "cd /home/developer; find . -name '[d.lf]*' ! -name '.bash*' ! -name .profile ! -name .gitconfig -printf '%P %U %m\\n' | LC_ALL=C sort; cat deep/er/file link",
      ),
    ).toBe(" 2000 700\n.mine 2000 600\ndeep 2000 700\ndeep/er/file 2000 644\nlink 2000 777\nold\nsecret\n");
    expect(await sh(two, "ls -A /home | LC_ALL=C sort")).toBe(".pet\ndeveloper\n");
    expect((await events(two)).filter(({ event }) => event === "mended")).toMatchObject([
      { moved: 3, failed: 0 },
    ]);
  });
});
