/** What a failure is to those who meet it. `{name}` in a text is filled from the parameters given to `fail`. */

export interface ErrorRow {
  /** Exit status of `pet`: 1 failed, 2 misused, 125 engine, 130 interrupted. */
  readonly exit: 1 | 2 | 125 | 126 | 127 | 130;
  readonly sentence: string;
  readonly hint: string;
}
