/** The log of a TTY's first process as it comes, line by line. */

import { StringDecoder } from "node:string_decoder";
import type Dockerode from "dockerode";
import type { ContainerName } from "../../pet/names.ts";
import type { LogManner } from "../engine.ts";
import type { Client } from "./client.ts";
import { frameReader } from "./frames.ts";
import { requireTty } from "./tty.ts";

export async function* logLines(
  client: Client,
  name: ContainerName,
  manner: LogManner,
): AsyncGenerator<string> {
  const { id } = await requireTty(client.endpoint, name);
  const whole: string[] = [];
  // Two streams may take turns in the middle of a line.
  const [out, err] = [lineCutter(whole), lineCutter(whole)];
  const take = frameReader(out.push, err.push);
  try {
    const stream = await client.use((docker) => opened(docker, id, manner));
    for await (const chunk of client.chunks(stream)) {
      take(chunk);
      yield* whole.splice(0);
    }
  } catch (error) {
    if (!manner.signal.aborted) throw error;
  }
  out.end();
  err.end();
  yield* whole;
}

/** dockerode's own call gathers what is not followed; a log may be larger than memory. */
function opened(
  docker: Dockerode,
  id: string,
  { follow, signal }: LogManner,
): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: `/containers/${id}/logs?`,
        method: "GET",
        options: { stdout: true, stderr: true, follow },
        isStream: true,
        abortSignal: signal,
        statusCodes: { 200: true, 404: "no such container", 500: "server error" },
      },
      (error, stream) => (error ? reject(error) : resolve(stream as NodeJS.ReadableStream)),
    );
  });
}

/** Characters. What has no end of line within that many is no line, and is handed on in parts. */
const longest = 1024 * 1024;

function lineCutter(whole: string[]) {
  const decoder = new StringDecoder("utf8");
  let tail = "";
  return {
    push(part: Buffer): boolean {
      const lines = (tail + decoder.write(part)).split("\n");
      tail = lines.pop() ?? "";
      if (tail.length > longest) {
        lines.push(tail);
        tail = "";
      }
      whole.push(...lines);
      return true;
    },
    end(): void {
      const rest = tail + decoder.end();
      if (rest !== "") whole.push(rest);
      tail = "";
    },
  };
}
