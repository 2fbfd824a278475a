/** One suite of cases, over every engine there is. */

import { afterAll, beforeAll, describe } from "vitest";
import { archiveCases } from "./cases/archives.ts";
import { doorCases } from "./cases/doors.ts";
import { eventCases } from "./cases/events.ts";
import { flowCases } from "./cases/flow.ts";
import { homeCases } from "./cases/homes.ts";
import { imageCases } from "./cases/images.ts";
import { lockCases } from "./cases/locks.ts";
import { logCases } from "./cases/logs.ts";
import { ownershipCases } from "./cases/ownership.ts";
import { replacementCases } from "./cases/replacements.ts";
import { ttyCases } from "./cases/ttys.ts";
import { unusedCases } from "./cases/unused.ts";
import type { Ground } from "./ground.ts";
import { subjects } from "./subjects.ts";

describe.each(subjects)("the %s engine", (_, open) => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await open();
  });
  afterAll(() => ground.clean());

  const here = () => ground;
  ttyCases(here);
  replacementCases(here);
  doorCases(here);
  flowCases(here);
  homeCases(here);
  ownershipCases(here);
  archiveCases(here);
  lockCases(here);
  eventCases(here);
  imageCases(here);
  logCases(here);
  unusedCases(here);
});
