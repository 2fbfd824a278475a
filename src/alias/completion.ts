/** The words in completions/pet.bash. What the script does with them is written in bash, in that file. */

export interface CompletionWords {
  readonly verbs: readonly { readonly name: string }[];
  readonly options: readonly { readonly name: string; readonly of?: readonly string[] }[];
  readonly commands: readonly { readonly name: string; readonly takes: string }[];
  readonly petCommands: readonly { readonly name: string; readonly takes: string }[];
  /** The schema of the configuration. */
  readonly keys: readonly { readonly key: string; readonly type: { readonly choices?: readonly string[] } }[];
  readonly terminals: readonly string[];
  readonly shells: readonly string[];
}

/** The script with these words in the place of those it has. */
export function renderCompletion(script: string, words: CompletionWords): string {
  return script.replace(/(?<=^# words: begin.*\n)[\s\S]*?(?=^# words: end$)/m, () => wordsFunction(words));
}

function wordsFunction({
  verbs,
  options,
  commands,
  petCommands,
  keys,
  terminals,
  shells,
}: CompletionWords): string {
  const choices = keys.flatMap(({ key, type }) => (type.choices ?? []).map((choice) => `${key}=${choice}`));
  const lists: Readonly<Record<string, readonly string[]>> = {
    verbs: verbs.map((row) => row.name),
    options: options.map((row) => `${row.name}:${(row.of ?? []).join(",")}`),
    commands: commands.map((row) => `${row.name}:${row.takes}`),
    pet_commands: petCommands.map((row) => `${row.name}:${row.takes}`),
    keys: keys.map((row) => row.key),
    choices,
    terminals,
    shells,
  };
  const lines = Object.entries(lists).map(([name, list]) => `  ${name}=(${list.map(word).join(" ")})\n`);
  return `# shellcheck disable=SC2034,SC2054
_pet_words() {\n${lines.join("")}}\n`;
}

function word(text: string): string {
  if (!/^[\w:,=.-]+$/.test(text)) throw new Error(`“${text}” is no word for completion`);
  return text;
}
