/** An engine that dies or fills up while something is under way. */

import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { connectDocker } from "../../../src/engine/docker/index.ts";
import type { BuildRequest } from "../../../src/engine/engine.ts";
import { label } from "../../../src/pet/labels.ts";
import { ownEngine, testEngine } from "../../support/engine.ts";
import { home, newPet, testLabel, workspace } from "../ground.ts";
import { dockerfileContext } from "../recipe.ts";

function request(dockerfile: string): BuildRequest {
  return {
    tag: "pet-test/fault:1",
    context: () => dockerfileContext(dockerfile),
    buildArgs: { BASE_IMAGE: testEngine().baseImage },
    labels: { ...testLabel, [label.kind]: "image" },
    pull: false,
    noCache: true,
  };
}

async function told(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of events) count += 1;
  return count;
}

describe("an engine that is killed", () => {
  test("ends doors, builds and events with a coded failure each, and answers again when it is back", async () => {
    await using own = await ownEngine();
    const engine = connectDocker({ kind: "unix", path: own.socket });
    const of = newPet();
    const image = "pet-test/fault:1";
    const ground = { engine, image, baseImage: own.baseImage, registry: "", clean: async () => {} };
    const keeper = `ARG BASE_IMAGE\nFROM \${BASE_IMAGE}\nENTRYPOINT ["sleep", "600"]\n`;
    await told(engine.build(request(keeper)));
    await engine.ensureHome(home(of));
    const { name } = workspace(ground, of);
    await engine.create(workspace(ground, of));
    await engine.start(name);

    const door = await engine.exec(name, ["sh", "-c", "echo there; sleep 600"]);
    const said = text(door.stdout);
    door.stderr.resume();
    const building = told(engine.build({ ...request("FROM scratch\n"), ...slow() }));
    const listening = told(engine.events({}, new AbortController().signal));
    const outcomes = Promise.allSettled([door.exit, building, listening]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await own.kill();

    expect(await said).toBe("there\n");
    const [exit, built, heard] = await outcomes;
    expect(exit).toMatchObject({ status: "rejected", reason: { code: "DOOR_LOST" } });
    expect(built).toMatchObject({ status: "rejected", reason: { code: "ENGINE_UNREACHABLE" } });
    expect(heard).toMatchObject({ status: "rejected", reason: { code: "ENGINE_UNREACHABLE" } });
    await expect(engine.inspect(name)).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });

    await own.start();
    await engine.remove(name);
    await engine.removeHome(home(of).name);
  });
});

describe("an engine whose disk is full", () => {
  test("says so of a build", async () => {
    await using own = await ownEngine({ size: "700m" });
    const engine = connectDocker({ kind: "unix", path: own.socket });
    const dockerfile = "ARG BASE_IMAGE\nFROM $BASE_IMAGE\nRUN head -c 900000000 /dev/zero > /big\n";
    await expect(told(engine.build(request(dockerfile)))).rejects.toMatchObject({
      code: "DISK_FULL",
      exit: 125,
    });
    expect((await engine.info()).architecture).not.toBe("");
  });
});

function slow(): Pick<BuildRequest, "tag" | "context"> {
  const dockerfile = "ARG BASE_IMAGE\nFROM $BASE_IMAGE\nRUN sleep 600\n";
  return { tag: "pet-test/slow:1", context: () => dockerfileContext(dockerfile) };
}
