/** What pet has to know of a shell. */

export interface Shell {
  readonly name: string;
  /** The file that a new interactive shell reads. */
  startUpFile(home: string): string;
  /** Words that the shell itself needs: a function of that name would break it, or never be called. */
  readonly ownWords: ReadonlySet<string>;
  /** Code that makes each name a command for its pet. */
  aliasCode(names: readonly string[]): string;
  /** The line of the start-up file that has aliases made, and back from it to the names. */
  startUpLine(names: readonly string[]): string;
  namesIn(startUpLine: string): readonly string[] | undefined;
}
