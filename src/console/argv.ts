/** What to run through the door to speak with a workspace; its path is part of the image contract. */
export const consoleArgv: readonly string[] = ["/usr/lib/pet/pet-console"];
