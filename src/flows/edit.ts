/**
 * `foo edit`: the .env file in the person's editor. What is edited is a draft beside it, which takes the file's place
 * only once it can be read; one that cannot stays, and the next `foo edit` goes on with it.
 */

import { rmSync } from "node:fs";
import { changedText } from "../config/change.ts";
import { envBytes, readEnvFile, writeEnvFile } from "../config/env-file.ts";
import type { Environment } from "../config/place.ts";
import { readSettings } from "../config/settings.ts";
import { strayKeys } from "../config/stray.ts";
import { fail, PetError } from "../pet/errors.ts";
import { editorOf, openEditor } from "../system/editor.ts";
import { rememberedChanges, writeWishes } from "./wish-file.ts";
import type { Target, World } from "./world.ts";

export async function edit(world: World, target: Target, env: Environment): Promise<void> {
  if (world.dryRun) return world.report.answer(`edit ${target.envFile}`);
  const before = envBytes(target.envFile);
  const draft = `${target.envFile}.draft`;
  let begun = before;
  if (envBytes(draft) === undefined) {
    begun ??= Buffer.from(await firstText(world, target));
    writeEnvFile(draft, begun);
  } else {
    world.report.note(`going on with the draft ${draft}; to begin anew, remove it`);
  }
  try {
    await editUntilSound(world, draft, env);
  } catch (error) {
    if (same(envBytes(draft), begun)) rmSync(draft, { force: true });
    throw error;
  }
  const after = envBytes(draft);
  if (!same(envBytes(target.envFile), before)) throw fail("FILE_CHANGED", { file: target.envFile, draft });
  if (after === undefined || same(after, begun)) world.report.note(`nothing changed in ${target.envFile}`);
  else await writeWishes(world, target, after);
  rmSync(draft, { force: true });
}

/** @throws what keeps the draft from being read, where nobody goes on with it */
async function editUntilSound(world: World, draft: string, env: Environment): Promise<void> {
  for (;;) {
    await inEditor(draft, env);
    try {
      const { values } = readSettings(draft);
      for (const stray of strayKeys(values)) world.report.note(stray);
      return;
    } catch (error) {
      if (!(error instanceof PetError)) throw error;
      world.report.note(error.message);
      if (!world.mayAsk || !(await world.ask.confirm("Edit it again?", "yes"))) {
        world.report.note(`the file is as it was; the draft is kept: ${draft}`);
        throw error;
      }
    }
  }
}

/** @throws EDITOR_FAILED; the draft stays */
async function inEditor(draft: string, env: Environment): Promise<void> {
  const editor = editorOf(env);
  const reason = await openEditor(editor, draft);
  if (reason !== undefined) throw fail("EDITOR_FAILED", { editor: editor[0], reason, draft });
}

async function firstText(world: World, target: Target): Promise<string> {
  const file = readEnvFile(target.envFile);
  return changedText(file, await rememberedChanges(world, target, file), target.address.instance);
}

function same(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}
