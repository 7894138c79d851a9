/**
 * Reads an object that a Terraform argument encodes as JSON, written as plain JSON or as `${jsonencode({...})}`. Text, numbers,
 * flags, lists and objects come out as they are; whatever else stands there, such as a reference, as a text in `${}`.
 *
 * @example readEncoded('${jsonencode({"vpc_id" = restapi_object.vpc.id})}') // { vpc_id: "${restapi_object.vpc.id}" }
 */
export function readEncoded(text: string): unknown {
  const [, inner] = /^\$\{jsonencode\((.*)\)\}$/s.exec(text) ?? [];
  return new Reader(inner ?? text).value();
}

/** Walks through an expression once, from left to right. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): unknown {
    const first = this.next();
    if (first === "{") return Object.fromEntries(this.list("}", () => this.entry()));
    if (first === "[") return this.list("]", () => this.value());
    return this.scalar();
  }

  private entry(): readonly [string, unknown] {
    const key = this.scalar();
    this.next();
    this.at += 1;
    return [String(key), this.value()];
  }

  /** Everything up to the closing bracket; entries are told apart by commas or by lines. */
  private list<T>(end: string, one: () => T): T[] {
    const found: T[] = [];
    this.at += 1;
    while (this.next() !== end && this.at < this.text.length) {
      found.push(one());
      if (this.next() === ",") this.at += 1;
    }
    this.at += 1;
    return found;
  }

  private scalar(): unknown {
    this.next();
    const rest = this.text.slice(this.at);
    const quoted = /^"(?:[^"\\$]|\\.|\$(?!\{)|\$\{(?:[^{}"]|"[^"]*")*\})*"/s.exec(rest)?.[0];
    const plain = quoted ?? bare(rest);
    this.at += plain.length;
    if (quoted !== undefined) return unquoted(quoted);
    const word = plain.trim();
    if (/^(true|false|null|-?\d+(\.\d+)?)$/.test(word)) return JSON.parse(word);
    return /^[\w-]+$/.test(word) ? word : `\${${word}}`;
  }

  /** The next letter that is no space, where reading goes on. */
  private next(): string | undefined {
    while (/\s/.test(this.text[this.at] ?? "")) this.at += 1;
    return this.text[this.at];
  }
}

/** An expression without quotes around it: up to what ends it outside of all brackets and quotes. */
function bare(text: string): string {
  let depth = 0;
  let isQuoted = false;
  for (const [index, letter] of [...text].entries()) {
    if (letter === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if ("([{".includes(letter)) depth += 1;
    if (")]}".includes(letter)) depth -= 1;
    if (depth < 0 || (depth === 0 && ",=:\n".includes(letter))) return text.slice(0, index);
  }
  return text;
}

/** Text in quotes as it is meant. An expression inside of it may have quotes of its own, and stays as it is. */
function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter));
}
