import { expect, test } from "vitest";
import { layerReader } from "../../../src/engine/docker/layers.ts";

type Message = readonly [id: string, status: string, current?: number, total?: number];

function told(messages: readonly Message[]) {
  const read = layerReader();
  return messages.map(([id, status, current, total]) =>
    read({ id, status, progressDetail: current === undefined ? {} : { current, total } }),
  );
}

test("a pull counts layers that are done, and sums the bytes of those on their way", () => {
  expect(
    told([
      ["1", "Pulling from me/tools"],
      ["a", "Already exists"],
      ["b", "Pulling fs layer"],
      ["c", "Pulling fs layer"],
      ["c", "Waiting"],
      ["b", "Downloading", 10, 100],
      ["c", "Downloading", 50, 300],
      ["b", "Verifying Checksum"],
      ["b", "Download complete"],
      ["b", "Extracting", 32, 100],
      ["b", "Pull complete"],
      ["c", "Download complete"],
      ["c", "Pull complete"],
      ["", "Digest: sha256:00"],
    ]),
  ).toEqual([
    [],
    [{ step: "1 of 1 layers" }],
    [{ step: "1 of 2 layers" }],
    [{ step: "1 of 3 layers" }],
    [{ step: "1 of 3 layers" }],
    [{ step: "1 of 3 layers", current: 10, total: 100 }],
    [{ step: "1 of 3 layers", current: 60, total: 400 }],
    [{ step: "1 of 3 layers", current: 150, total: 400 }],
    [{ step: "1 of 3 layers", current: 150, total: 400 }],
    [{ step: "1 of 3 layers", current: 150, total: 400 }],
    [{ step: "2 of 3 layers", current: 150, total: 400 }],
    [{ step: "2 of 3 layers", current: 400, total: 400 }],
    [{ step: "3 of 3 layers", current: 400, total: 400 }],
    [],
  ]);
});

test("a push that tries again says so, and one larger than it was said to be is never beyond its end", () => {
  expect(
    told([
      ["a", "Preparing"],
      ["a", "Pushing", 512, 1000],
      ["a", "Retrying in 5 seconds"],
      ["a", "Pushing", 1200, 1000],
      ["b", "Mounted from me/other"],
      ["a", "Pushed"],
    ]),
  ).toEqual([
    [],
    [{ step: "0 of 1 layers", current: 512, total: 1000 }],
    [{ step: "a layer broke off; trying again", line: "a: Retrying in 5 seconds" }],
    [{ step: "0 of 1 layers", current: 1200, total: 1200 }],
    [{ step: "1 of 2 layers", current: 1200, total: 1200 }],
    [{ step: "2 of 2 layers", current: 1200, total: 1200 }],
  ]);
});
