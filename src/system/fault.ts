/** What the operating system has against it, in words for a person. */

export interface SystemFault {
  /** As errno names it: ENOENT. Blank where it was no system call that failed. */
  readonly code: string;
  readonly text: string;
}

const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  ENOENT: "no such file or directory",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "your quota of disk space is used up",
  EROFS: "the file system is read-only",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of its path is no directory",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its symbolic links run in circles",
};

export function faultOf(cause: unknown): SystemFault {
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return { code, text: words[code] ?? (cause instanceof Error ? cause.message : String(cause)) };
}
