import manifest from "../../package.json" with { type: "json" };

export const version: string = `pet ${manifest.version}`;
