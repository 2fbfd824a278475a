/** A stream of JSON values, one a line, however the bytes were cut. A line that is not JSON is passed over. */

import { StringDecoder } from "node:string_decoder";

export async function* jsonLines(stream: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  const decoder = new StringDecoder("utf8");
  let tail = "";
  for await (const chunk of stream) {
    const lines = (tail + decoder.write(chunk)).split("\n");
    tail = lines.pop() ?? "";
    for (const line of lines) yield* parsed(line);
  }
  yield* parsed(tail + decoder.end());
}

function* parsed(line: string): Generator<unknown> {
  if (line.trim() === "") return;
  try {
    yield JSON.parse(line) as unknown;
  } catch {
    // An engine that dies half way through a line.
  }
}
