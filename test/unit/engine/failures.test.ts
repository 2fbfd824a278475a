import { describe, expect, test } from "vitest";
import { engineFailure, lineFailure } from "../../../src/engine/docker/failures.ts";

const endpoint = { kind: "unix", path: "/x.sock" } as const;

describe("a failure", () => {
  test.each([
    ["ENOENT", "ENGINE_UNREACHABLE"],
    ["ECONNREFUSED", "ENGINE_UNREACHABLE"],
    ["ENOTFOUND", "ENGINE_UNREACHABLE"],
    ["EACCES", "ENGINE_PERMISSION"],
    ["EPERM", "ENGINE_PERMISSION"],
    ["EMFILE", "ENGINE_FAILED"],
  ])("of the line with %s is %s", (code, expected) => {
    const error = Object.assign(new Error("broken"), { code });
    expect(lineFailure(error, endpoint)).toMatchObject({ code: expected, exit: 125, cause: error });
  });

  test.each([
    ['{"message":"write /x: no space left on device"}', "DISK_FULL", "no space left"],
    ['{"message":"something new"}', "ENGINE_FAILED", "something new"],
    ["<html>proxy</html>", "ENGINE_FAILED", "<html>proxy</html>"],
    ["", "ENGINE_FAILED", "status 500"],
  ])("that the engine tells as %s is %s, in its own words", (body, code, words) => {
    const failure = engineFailure({ status: 500, body });
    expect(failure.code).toBe(code);
    expect(`${failure.message}\n${failure.detail}`).toContain(words);
  });
});
