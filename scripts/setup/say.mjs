/** How set-up speaks: a line a step on standard error, so that standard output is the workspace's alone. */

/** Something is about to be done. @param {string} text */
export function say(text) {
  process.stderr.write(`${bold("»")} ${text}\n`);
}

/** Something set-up cannot do by itself: it ends with this, and with status 1. */
export class Obstacle extends Error {
  /**
   * @param {string} message what is in the way
   * @param {string} hint what to do, to be pasted where it is a command
   */
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

/** @param {string} text */
function bold(text) {
  return process.stderr.isTTY && !process.env.NO_COLOR ? `\x1b[1m${text}\x1b[0m` : text;
}
