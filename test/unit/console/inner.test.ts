import { expect, it } from "vitest";
import { asCell, cellsOfLine, content, innerOf, underlineOf } from "../../../src/console/inner.ts";
import { freshTerminal } from "./person.ts";

it("the terminal model has inside what painting reads", async () => {
  const terminal = freshTerminal({ cols: 20, rows: 5 });
  await new Promise<void>((resolve) =>
    terminal.write(
      "\x1b[2;4r\x1b[3;2H\x1b[31m\x1b7\x1b[1;1H\x1b[42ma漢e\u0301\x1b]8;id=i;http://x\x07\x1b[4:3;58;5;9ml\x1b)0\x0e",
      resolve,
    ),
  );
  const inner = innerOf(terminal);
  const { _normal: normal } = inner._bufferService.buffers;
  expect(normal).toMatchObject({
    savedX: 1,
    savedY: 2,
    scrollTop: 1,
    scrollBottom: 3,
    savedCharset: undefined,
  });
  expect(normal.savedCurAttrData.getFgColor()).toBe(1);
  expect(Object.keys(normal.tabs).map(Number)).toEqual([0, 8, 16]);
  expect(inner._charsetService.glevel).toBe(1);
  const pen = inner._inputHandler._curAttrData;
  expect([pen.getFgColor(), pen.getBgColor(), underlineOf(pen), pen.getUnderlineColor()]).toEqual([
    1, 2, 3, 9,
  ]);

  const line = terminal.buffer.active.getLine(0);
  const data = line && cellsOfLine(line);
  expect([0, 3, 6].map((at) => (data?._data[at] ?? 0) >> content.widthShift)).toEqual([1, 2, 0]);
  expect((data?._data[3] ?? 0) & content.codepoint).toBe("漢".codePointAt(0));
  expect((data?._data[9] ?? 0) & content.combined).not.toBe(0);
  expect(data?._combined[3]).toBe("e\u0301");
  const cell = asCell(terminal.buffer.active.getNullCell());
  line?.getCell(4, cell);
  expect(cell.hasExtendedAttrs()).not.toBe(0);
  expect(inner._oscLinkService.getLinkData(cell.extended.urlId)).toMatchObject({ id: "i", uri: "http://x" });
});
