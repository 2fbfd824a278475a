/** Whether the engine answers, and if not, what would make one answer. */

import type { Choice } from "../contexts/choose.ts";
import { type Context, dockerConfigDirectory } from "../contexts/current.ts";
import { addressOf } from "../engine/endpoint.ts";
import type { PetError } from "../pet/errors.ts";
import { check, type Said, say } from "./check.ts";
import { type Lead, leads } from "./leads.ts";
import type { Met } from "./meet.ts";
import { offerLine, otherwise } from "./offer.ts";
import { pasted } from "./paste.ts";
import { type Access, accessTo } from "./socket.ts";
import { type Ground, ground, restartLine, startLine } from "./start-line.ts";

export interface EngineFacts {
  readonly met: Met;
  /** Others that do answer; not looked for where the chosen one does. */
  readonly others: readonly Lead[];
  /** Of the chosen one's socket, where it has one. */
  readonly access: Access | undefined;
  readonly ground: Ground;
}

const rows = {
  ANSWERS: { state: "ok", finding: "{product} {version}{rootless} at {address} (chosen by {why})" },
  NOWHERE: { state: "broken", finding: "{failure}", repair: "{hint}" },
  PERMISSION: {
    state: "broken",
    finding: "{address} is for the group {group}, and you are not in it",
    repair: '{others}sudo usermod -aG {group} "$USER"    # then log in anew',
  },
  LOGIN: {
    state: "broken",
    finding: "{address} is for the group {group}; you are in it, but have not logged in since",
    repair: "{others}newgrp {group}    # for this shell; or log in anew",
  },
  PRIVATE: {
    state: "broken",
    finding: "{address} is for {owner} alone",
    repair: "{others}sudo ls -ld {path}    # an engine whose group may use it has srw-rw----",
  },
  SILENT: {
    state: "broken",
    finding: "no engine answers at {address} (chosen by {why})",
    repair: "{ways}",
  },
  HANGS: {
    state: "broken",
    finding: "what listens at {address} gave no answer within {seconds} s",
    repair: "{ways}",
  },
  STRANGER: {
    state: "broken",
    finding: "{address} (chosen by {why}): {failure}",
    repair: "{ways}",
  },
} as const;

export const engine = check<EngineFacts>({
  name: "engine",
  about:
    "the engine that is chosen answers, and you may use it; where it does not, those are offered that do",
  rows,
  limit: 45,
  needs: (place) => [place.home, dockerConfigDirectory(place.env)],
  async look(place) {
    const met = await place.engine();
    const path =
      met.kind === "fails" && met.context.endpoint.kind === "unix" ? met.context.endpoint.path : undefined;
    return {
      met,
      others: met.kind === "fails" || met.kind === "hangs" ? await leads(place) : [],
      access: path === undefined ? undefined : await accessTo(path),
      ground: ground(),
    };
  },
  judge(facts) {
    const { met } = facts;
    switch (met.kind) {
      case "answers": {
        const { context, info } = met;
        const { product, version } = info;
        const rootless = info.rootless ? ", without root" : "";
        return [say(rows.ANSWERS, { product, version, rootless, ...places(context) })];
      }
      case "nowhere":
        return [say(rows.NOWHERE, { failure: met.error.message, hint: met.error.hint })];
      case "hangs":
        return [
          say(rows.HANGS, {
            ...places(met.context),
            seconds: met.seconds,
            ways: ways(facts, met.context, restartLine(met.context, facts.ground)),
          }),
        ];
      case "fails":
        return [failing(facts, met.context, met.error)];
    }
  },
});

function failing(facts: EngineFacts, context: Context, error: PetError): Said {
  const about = places(context);
  switch (error.code) {
    case "ENGINE_PERMISSION":
      return refused(facts, context);
    case "ENGINE_UNREACHABLE":
      return say(rows.SILENT, {
        ...about,
        ways: ways(facts, context, startLine(context, facts.ground)),
      });
    case "ENGINE_FAILED":
      return say(rows.STRANGER, {
        ...about,
        failure: error.message,
        ways: ways(facts, context, otherwise(context)),
      });
    default:
      return say(rows.STRANGER, { ...about, failure: error.message, ways: ways(facts, context, error.hint) });
  }
}

function refused(facts: EngineFacts, context: Context): Said {
  const { access } = facts;
  const about = {
    ...places(context),
    others: offers(facts, context)
      .map((line) => `${line}\n`)
      .join(""),
  };
  if (access?.kind === "group") {
    const row = access.member ? rows.LOGIN : rows.PERMISSION;
    return say(row, { ...about, group: access.group });
  }
  const path = pasted(about.address.replace(/^unix:\/\//, ""));
  return say(rows.PRIVATE, { ...about, path, owner: access?.owner ?? "somebody else" });
}

function places(context: Context): { readonly address: string; readonly why: Choice["why"] } {
  return { address: addressOf(context.endpoint), why: context.why };
}

/** A line for each engine that does answer, then what may be done about this one. */
function ways(facts: EngineFacts, context: Context, last: string): string {
  const lines = offers(facts, context);
  // To go back to what would be chosen else leads nowhere that is not among the lines.
  return (lines.length > 0 && last === otherwise(context) ? lines : [...lines, last]).join("\n");
}

function offers({ others }: EngineFacts, context: Context): readonly string[] {
  return others.map((lead) => offerLine(lead, context));
}
