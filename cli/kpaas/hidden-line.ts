import type { ReadStream } from "node:tty";

/** Source of a line: a terminal or any other input. */
export type LineSource = NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY" | "setRawMode">>;

/** Reads a confidential line: from a terminal without echo after a prompt, otherwise the whole input. */
export async function hiddenLine(source: LineSource, prompt: () => void): Promise<string> {
  if (source.isTTY === true && source.setRawMode !== undefined) {
    prompt();
    source.setRawMode(true);
    try {
      return await typedLine(source);
    } finally {
      source.setRawMode(false);
      source.pause();
    }
  }
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, "");
}

/** In raw mode the terminal passes all keys on: Enter, Ctrl-D, Ctrl-C and Backspace are handled here. */
function typedLine(source: LineSource): Promise<string> {
  return new Promise((resolve, reject) => {
    let line: readonly string[] = [];
    const finish = (settle: () => void) => {
      source.removeListener("data", read).removeListener("end", cancel);
      settle();
    };
    const cancel = () => {
      finish(() => {
        reject(new Error("no password was entered; nothing was sent"));
      });
    };
    const read = (chunk: Buffer | string) => {
      for (const key of chunk.toString()) {
        if (key === "\r" || key === "\n" || key === "\u0004") {
          finish(() => {
            resolve(line.join(""));
          });
          return;
        }
        if (key === "\u0003") {
          cancel();
          return;
        }
        line = key === "\u007f" || key === "\b" ? line.slice(0, -1) : [...line, key];
      }
    };
    source.on("data", read).once("end", cancel);
    source.resume();
  });
}
