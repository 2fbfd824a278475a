/** Where @xterm/headless 6.0 does otherwise than terminals do, or fails. Each handler comes before the model's own. */

import type { Terminal } from "@xterm/headless";
import { type InnerBuffer, innerOf } from "./inner.ts";

export function mendModel(terminal: Terminal): void {
  mendErasure(terminal);
  mendSavedPen(terminal);
}

/**
 * It throws at ED 1, erase to the cursor, where that is the last cell of a buffer without history: it looks at the line
 * below. There it is the whole screen, as ED 2 says.
 */
function mendErasure(terminal: Terminal): void {
  for (const prefix of ["", "?"] as const) {
    const id = prefix === "" ? { final: "J" } : { prefix, final: "J" };
    terminal.parser.registerCsiHandler(id, ([what]) => {
      const { cursorX, cursorY, length } = terminal.buffer.active;
      if (what !== 1 || cursorX + 1 < terminal.cols || cursorY + 1 < length) return false;
      return innerOf(terminal)._inputHandler.eraseInDisplay({ params: [2] }, prefix === "?");
    });
  }
}

/** It saves the cursor without the kind and colour of the pen's underline (DECSC, SCOSC, modes 1048 and 1049). */
function mendSavedPen(terminal: Terminal): void {
  const { _inputHandler: input, _bufferService: service } = innerOf(terminal);
  const save = (buffer: InnerBuffer) => {
    buffer.savedCurAttrData.extended = input._curAttrData.extended.clone();
    return false;
  };
  const restore = (buffer: InnerBuffer) => {
    const { urlId } = input._curAttrData.extended;
    input._curAttrData.extended = buffer.savedCurAttrData.extended.clone();
    input._curAttrData.extended.urlId = urlId;
    return false;
  };
  const { parser } = terminal;
  parser.registerEscHandler({ final: "7" }, () => save(service.buffers.active));
  parser.registerEscHandler({ final: "8" }, () => restore(service.buffers.active));
  parser.registerCsiHandler({ final: "s" }, () => save(service.buffers.active));
  parser.registerCsiHandler({ final: "u" }, () => restore(service.buffers.active));
  parser.registerCsiHandler({ prefix: "?", final: "h" }, (modes) =>
    modes.includes(1048) || modes.includes(1049) ? save(service.buffers.active) : false,
  );
  parser.registerCsiHandler({ prefix: "?", final: "l" }, (modes) => {
    if (modes.includes(1049)) return restore(service.buffers._normal);
    return modes.includes(1048) ? restore(service.buffers.active) : false;
  });
}
