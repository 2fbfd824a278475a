/** What is measured, beside what, and what is aimed for. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Row } from "./measure.ts";
import { median } from "./measure.ts";
import { container, type Stage } from "./stage.ts";
import { type Session, toEnd } from "./timed.ts";

const prompt = /\$ $/;
const detach = "\x1c";
const shell = ["exec", "--interactive", "--tty", container, "bash"];

export function rows(stage: Stage): readonly Row[] {
  const { pet, docker, petTerminal, dockerTerminal } = stage;

  return [
    {
      what: "`pet foo`, back on its screen, to the prompt",
      beside: "`docker exec -it … bash`",
      aim: { kind: "ratio", most: 1.4 },
      ours: () => toPrompt(petTerminal("bench"), detach),
      theirs: () => toPrompt(dockerTerminal(...shell), "exit\r"),
    },
    {
      what: "`pet foo`, a fresh shell, to the prompt",
      beside: "`docker exec -it … bash`",
      aim: { kind: "ratio", most: 1.4 },
      before: endSession,
      ours: () => toPrompt(petTerminal("bench"), detach),
      theirs: () => toPrompt(dockerTerminal(...shell), "exit\r"),
    },
    {
      what: "`pet foo -- true`",
      beside: "`docker exec … true`",
      aim: { kind: "ratio", most: 1.35 },
      ours: () => pet("bench", "--", "true"),
      theirs: () => docker("exec", container, "true"),
    },
    {
      what: "a stopped pet to the prompt",
      beside: "`docker start` and `docker exec -it … bash`",
      aim: { kind: "ratio", most: 1.2 },
      share: 0.5,
      before: () => ignored(docker("kill", container)),
      ours: () => toPrompt(petTerminal("bench"), detach),
      theirs: async () =>
        (await docker("start", container)) + (await toPrompt(dockerTerminal(...shell), "exit\r")),
    },
    {
      what: "a new pet to the prompt",
      beside: "`docker run -it … bash` with a new volume",
      aim: { kind: "ratio", most: 1.5 },
      share: 0.5,
      before: () => ignored(pet("benchnew", "--destroy", "--yes")),
      ours: () => toPrompt(petTerminal("benchnew"), detach),
      theirs: () => toPrompt(dockerTerminal(...freshContainer(stage.image)), "exit\r"),
    },
    {
      what: "completion of `pet be⇥` in bash",
      beside: "",
      aim: { kind: "milliseconds", most: 50 },
      ours: () => completion(stage.env),
    },
    {
      what: "`pet --version`",
      beside: "`node -e 0`",
      aim: { kind: "ratio", most: 1.6 },
      ours: () => pet("--version"),
      theirs: () => toEnd(process.execPath, ["-e", "0"], stage.env),
    },
    {
      what: "echo of a key typed",
      beside: "`docker exec -it … bash`",
      aim: { kind: "more", most: 0.5 },
      share: 0.3,
      ours: () => echo(petTerminal("bench"), detach),
      theirs: () => echo(dockerTerminal(...shell), "exit\r"),
    },
    {
      what: "64 MB of output",
      beside: "`docker exec -it … bash`",
      aim: { kind: "ratio", most: 1 },
      share: 0.3,
      ours: () => flood(petTerminal("bench"), detach),
      theirs: () => flood(dockerTerminal(...shell), "exit\r"),
    },
    {
      what: "`pet foo --build`, nothing changed",
      beside: "`docker build`, all cached",
      aim: { kind: "ratio", most: 1 },
      ours: () => pet("bench", "--build"),
      theirs: () =>
        toEnd(
          "docker",
          ["build", "--quiet", ...stage.recipe.buildArgs, "-"],
          stage.env,
          stage.recipe.context,
        ),
    },
  ];

  async function endSession(): Promise<void> {
    const session = petTerminal("bench");
    await session.until(prompt);
    await session.leave("exit\r");
  }
}

async function toPrompt(session: Session, leave: string): Promise<number> {
  const took = await session.until(prompt);
  await session.leave(leave);
  return took;
}

/** The median over a hundred keys, each after the one before was shown; a little apart, as a person types. */
async function echo(session: Session, leave: string): Promise<number> {
  await session.until(prompt);
  const times: number[] = [];
  for (let typed = 0; typed < 100; typed++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    times.push(await session.until(/x/, "x"));
  }
  await session.until(prompt, "\x03");
  await session.leave(leave);
  return median(times) ?? 0;
}

async function flood(session: Session, leave: string): Promise<number> {
  await session.until(prompt);
  const took = await session.until(
    /done\d+/,
    "yes 0123456789abcdefghijklmnopqrstuvwxyz | head -c 67108864; echo done$((6*7))\r",
  );
  await session.until(prompt, "clear\r");
  await session.leave(leave);
  return took;
}

function freshContainer(image: string): string[] {
  return ["run", "--interactive", "--tty", "--rm", "--volume", "/home", "--entrypoint", "bash", image];
}

/** Within a shell that has the completion loaded, as every interactive one has. */
async function completion(env: Readonly<Record<string, string>>): Promise<number> {
  const script = fileURLToPath(new URL("../completions/pet.bash", import.meta.url));
  const program = `
    source "$1"
    COMP_WORDS=(pet be) COMP_CWORD=1 COMP_LINE='pet be' COMP_POINT=6
    before=$EPOCHREALTIME
    _pet pet be pet
    after=$EPOCHREALTIME
    [ "\${COMPREPLY[*]}" ] || exit 1
    echo $((\${after/./} - \${before/./}))`;
  const microseconds = execFileSync("bash", ["-c", program, "bash", script], { env, encoding: "utf8" });
  return Number(microseconds) / 1000;
}

async function ignored(running: Promise<unknown>): Promise<void> {
  await running.catch(() => {});
}
