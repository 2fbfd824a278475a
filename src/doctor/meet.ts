/** Asks an engine who it is. */

import type { Environment } from "../config/place.ts";
import { connect } from "../contexts/connect.ts";
import { type Context, currentContext } from "../contexts/current.ts";
import type { Engine, EngineInfo } from "../engine/engine.ts";
import { PetError } from "../pet/errors.ts";
import { late, within } from "./within.ts";

export type Met =
  /** Which engine it should be cannot be told. */
  | { readonly kind: "nowhere"; readonly error: PetError }
  | { readonly kind: "fails"; readonly context: Context; readonly error: PetError }
  | { readonly kind: "hangs"; readonly context: Context; readonly seconds: number }
  | Answering;

export interface Answering {
  readonly kind: "answers";
  readonly context: Context;
  readonly engine: Engine;
  readonly info: EngineInfo;
}

const patience = 15;

/** The engine that every other command would go to. */
export async function meetChosen(env: Environment, flag: string | undefined): Promise<Met> {
  let context: Context;
  try {
    context = currentContext({ flag, env });
  } catch (error) {
    if (error instanceof PetError) return { kind: "nowhere", error };
    throw error;
  }
  return await meet(context, env, patience);
}

export async function meet(context: Context, env: Environment, seconds: number): Promise<Met> {
  try {
    const engine = connect(context, env);
    const info = await within(seconds, engine.info());
    return info === late ? { kind: "hangs", context, seconds } : { kind: "answers", context, engine, info };
  } catch (error) {
    if (error instanceof PetError) return { kind: "fails", context, error };
    throw error;
  }
}
