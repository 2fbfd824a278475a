/**
 * The words of the command's grammar that can never name an instance or a TTY, those of later steps included:
 * a name that works today must not turn into a command tomorrow.
 */

export const verbWords = [
  "config",
  "clean",
  "build",
  "start",
  "stop",
  "restart",
  "attach",
  "destroy",
  "status",
  "logs",
  "recreate",
] as const;

export const commandWords = [
  "alias",
  "completion",
  "doctor",
  "status",
  "ls",
  "prune",
  "help",
  "version",
] as const;

/** Commands on one pet, named before it or after it. */
export const petCommandWords = ["edit", "add", "drop", "put", "get", "push"] as const;

const laterWords = [
  "plan",
  "authorize",
  "check",
  "code",
  "forward",
  "relay",
  "ssh-config",
  "context",
  "home",
  "sync",
  "mount",
  "copy",
  "move",
  "rename",
  "backup",
  "restore",
  "portal",
  "expose",
] as const;

export const reservedWords: ReadonlySet<string> = new Set([
  ...verbWords,
  ...commandWords,
  ...petCommandWords,
  ...laterWords,
]);
