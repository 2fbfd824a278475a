/** docs/configuration.md, made from the schema. */

import type { Settings } from "../pet/settings.ts";
import { eachRow } from "./rows.ts";
import type { Row } from "./schema.ts";

export function renderConfigurationDoc(): string {
  return `${[introduction, table(), ...eachRow(section)].join("\n\n")}\n`;
}

const introduction = `<!-- Made from src/config/schema.ts by \`npm run docs\`. Change it there. -->
# Configuration

Nothing needs to be configured: every key has a default. What you set is kept in a file for each pet,
\`.env_{CONTEXT}_{INSTANCE}\`, in \`$PET_CONFIG_HOME\`, else \`$XDG_CONFIG_HOME/pet\`, else \`~/.config/pet\`. It is yours alone
to read (mode 0600), and yours to edit: comments and keys that pet does not know are kept.

\`\`\`
pet foo --config                          # asks what matters; Enter takes what is proposed, “-” leaves it blank
pet foo --config PET_MEMORY=2g PET_CPUS=2   # sets, and keeps the rest
pet foo --config PET_MEMORY=                # clears: the default counts again
pet foo --config PET_MEMORY                 # prints
pet foo --clean                           # removes the file, and nothing else
\`\`\`

Without a file, a pet that exists keeps the settings it was made with, wherever you sit: its containers remember them.
What may hold a password (marked *secret*) is remembered nowhere but in your file.

The file is read by the rules of [dotenv](https://github.com/motdotla/dotenv): \`KEY=value\`, \`# comments\`, and quotes
\`'…'\`, \`"…"\` or \`\` \`…\` \`\` around a value that holds \`#\`, newlines, or spaces at its ends. A value that cannot be
is refused with its file and line. A blank value (\`KEY=\`) means “none” where that makes sense, else the default.

A container keeps what it was made with: *image* and *container* keys count for containers made from then on
(\`pet foo --recreate\`). A *laptop* key counts at once.`;

function table(): string {
  const lines = eachRow(
    (row) => `| [\`${row.key}\`](#${row.key.toLowerCase()}) | ${defaultText(row)} | ${row.scope} |`,
  );
  return ["| key | default | shapes |", "|---|---|---|", ...lines].join("\n");
}

function section<Field extends keyof Settings>(row: Row<Field>): string {
  const facts = [
    `- Value: ${row.type.name}${row.type.blank ? "; may be blank" : ""}`,
    `- Default: ${defaultText(row)}`,
    `- Example: \`${row.key}=${row.example}\``,
    ...(row.question === undefined ? [] : ["- Asked by `--config`"]),
    ...(row.secret === undefined ? [] : ["- Secret: never in labels or logs"]),
  ];
  return [`## ${row.key}`, "", row.help, "", ...facts].join("\n");
}

function defaultText<Field extends keyof Settings>(row: Row<Field>): string {
  if (row.from !== undefined || typeof row.default === "function") return row.from ?? "";
  const text = row.type.format(row.default);
  return text === "" ? "none" : `\`${text}\``;
}
