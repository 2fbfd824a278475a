/** Takes a lock and holds it for as long as it lives: `node hold-lock.ts SOCKET KEY HOLDER IMAGE`. */

import { connectDocker } from "../../../src/engine/docker/index.ts";

const [socket = "", key = "", holder = "", image = ""] = process.argv.slice(2);
await connectDocker({ kind: "unix", path: socket }).lock(key, holder, image);
console.log("held");
