/** The signals that reach the program inside when they reach pet. */

import { constants } from "node:os";

/** Listens for signals by their number; the answer ends the listening. */
export type Signals = (listener: (signal: number) => void) => () => void;

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export const processSignals: Signals = (listener) => {
  const heard = (signal: NodeJS.Signals): void => listener(constants.signals[signal]);
  for (const signal of forwarded) process.on(signal, heard);
  return () => {
    for (const signal of forwarded) process.off(signal, heard);
  };
};
