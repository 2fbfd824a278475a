/** What bash needs to be told. Names are instance names, so nothing here ever has to be quoted. */

import { join } from "node:path";
import type { Shell } from "./shell.ts";

export const bash: Shell = {
  name: "bash",
  startUpFile: (home) => join(home, ".bashrc"),
  // `compgen -b` and `compgen -k` of bash 5.3, and pet itself, which a function would call for ever.
  ownWords: new Set(
    `alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo enable
     eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd
     pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit umask
     unalias unset wait if then else elif fi case esac for select while until do done in function time coproc pet`.split(
      /\s+/,
    ),
  ),
  aliasCode: (names) => names.map(functionFor).join(""),
  startUpLine: (names) => `if command -v pet >/dev/null; then eval "$(pet alias ${names.join(" ")})"; fi`,
  namesIn(line) {
    const found = /^if command -v pet >\/dev\/null; then eval "\$\(pet alias ([a-z0-9 -]+)\)"; fi$/.exec(
      line,
    )?.[1];
    return found?.split(" ");
  },
};

/** An alias of that name would be expanded in the definition: it goes first. */
function functionFor(name: string): string {
  return [
    `unalias ${name} 2>/dev/null || :`,
    `${name}() { PET_ALIAS=${name} command pet ${name} "$@"; }`,
    `complete -F _pet_alias ${name}`,
    "",
  ].join("\n");
}
