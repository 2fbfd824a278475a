/** Asks the questions of --config on this terminal and prints what they change; fails as pet does. */

import { ask, questions } from "../../../../src/config/prompt.ts";
import { PetError } from "../../../../src/pet/errors.ts";

const host = {
  gitName: "Ada",
  gitEmail: "",
  timeZone: "",
  locale: "C.UTF-8",
  httpProxy: "",
  httpsProxy: "",
  noProxy: "",
};
const existing = new Map([
  ["PET_MEMORY", { text: "1g", where: "" }],
  ["PET_ENV", { text: "TOKEN=hunter2", where: "" }],
]);

try {
  const keys = (process.argv[2] ?? "").split(",");
  const changes = await ask(questions(existing, host).filter(({ key }) => keys.includes(key)));
  console.log(JSON.stringify(Object.fromEntries([...changes].map(([key, value]) => [key, value ?? null]))));
} catch (error) {
  if (!(error instanceof PetError)) throw error;
  console.log(error.code);
  process.exitCode = error.exit;
}
