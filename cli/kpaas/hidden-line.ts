import type { ReadStream } from "node:tty";

/** What a line is read from: a terminal, or what is led in. */
export type LineSource = NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY" | "setRawMode">>;

/** Reads a line that nobody shall see: on a terminal without showing it, else all that is led in. */
export async function hiddenLine(source: LineSource, ask: () => void): Promise<string> {
  if (source.isTTY === true && source.setRawMode !== undefined) {
    ask();
    source.setRawMode(true);
    try {
      return await typed(source);
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

/** In a terminal that leaves all keys to us, Enter, Ctrl-D, Ctrl-C and the way back are ours to know. */
function typed(source: LineSource): Promise<string> {
  return new Promise((resolve, reject) => {
    let line: readonly string[] = [];
    const end = (how: () => void) => {
      source.removeListener("data", read).removeListener("end", gone);
      how();
    };
    const gone = () => {
      end(() => {
        reject(new Error("no password was given; nothing was sent"));
      });
    };
    const read = (chunk: Buffer | string) => {
      for (const key of chunk.toString()) {
        if (key === "\r" || key === "\n" || key === "\u0004") {
          end(() => {
            resolve(line.join(""));
          });
          return;
        }
        if (key === "\u0003") {
          gone();
          return;
        }
        line = key === "\u007f" || key === "\b" ? line.slice(0, -1) : [...line, key];
      }
    };
    source.on("data", read).once("end", gone);
    source.resume();
  });
}
