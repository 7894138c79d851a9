import { filesBelow, textOf } from "../support/repository";

/** What writes to the terminal of the user: streams of the process, the console, and programs that inherit the streams. */
const WRITING =
  /\bconsole\.\w+|\bprocess\.(?:stdout|stderr)\.(?:write|end|cork)\b|\bwriteSync\(\s*[12]\b|\.pipe\(\s*process\.|stdio: "inherit"|"inherit"|\bcreateWriteStream\("\/dev\/(?:tty|stdout|stderr)/g;

/** The only files that write, by what they write. */
const WRITERS: Readonly<Record<string, string>> = {
  "cli/reporter.ts": "every line of a command, with escaped control characters",
  "cli/nhn/run-in-terminal.ts": "a command that the user has given",
  "local/aws/gateway/main.ts": "the log of a process in the background",
  "local/openstack/main.ts": "the log of a process in the background",
  "local/kubernetes/provider/main.ts": "the log of a process in the background",
};

const files = ["cli", "local", "tooling"].flatMap((directory) => filesBelow(directory, ".ts"));

/** Code without comments and without the words of messages. */
function writingIn(text: string): readonly string[] {
  const code = text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...code.matchAll(WRITING)].map(([call]) => call);
}

describe("the terminal", () => {
  test("is written by the reporter, which escapes control characters, and not past it", () => {
    const writers = files.filter(
      (file) => writingIn(textOf(file)).length > 0 || /\bthis\.out\.write\(/.test(textOf(file)),
    );
    expect(writers.sort()).toEqual(Object.keys(WRITERS).sort());
  });

  test("is written by the reporter after the text was made printable", () => {
    const writes = [...textOf("cli/reporter.ts").matchAll(/this\.out\.write\((.*)\);/g)].map(([, text]) => text);
    expect(writes).toEqual([
      "`${this.rendered(line)}\\n`",
      "printable(line).slice(0, (this.out.columns ?? 80) - 1)",
      "printable(question)",
      '"\\r\\u001B[K"',
    ]);
  });

  test.each([
    'console.log("x")',
    "process.stdout.write(text)",
    "stream.pipe(process.stdout)",
    'spawn("a", [], { stdio: "inherit" })',
    "writeSync(1, text)",
  ])("is reported as written by %s", (code) => {
    expect(writingIn(code)).not.toEqual([]);
  });
});
