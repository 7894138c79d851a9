/**
 * Parses a JSON object in a Terraform argument, written as JSON or as `${jsonencode({...})}`. Strings, numbers, booleans, lists and
 * objects become values; other expressions, such as references, become strings in `${}`.
 *
 * @example readEncoded('${jsonencode({"vpc_id" = restapi_object.vpc.id})}') // { vpc_id: "${restapi_object.vpc.id}" }
 */
export function readEncoded(text: string): unknown {
  const [, inner] = /^\$\{jsonencode\((.*)\)\}$/s.exec(text) ?? [];
  return new Parser(inner ?? text).value();
}

/** A recursive-descent parser. */
class Parser {
  private position = 0;

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
    this.position += 1;
    return [String(key), this.value()];
  }

  /** The elements up to the closing bracket, separated by commas or line breaks. */
  private list<T>(end: string, element: () => T): T[] {
    const found: T[] = [];
    this.position += 1;
    while (this.next() !== end && this.position < this.text.length) {
      found.push(element());
      if (this.next() === ",") this.position += 1;
    }
    this.position += 1;
    return found;
  }

  private scalar(): unknown {
    this.next();
    const rest = this.text.slice(this.position);
    const quoted = /^"(?:[^"\\$]|\\.|\$(?!\{)|\$\{(?:[^{}"]|"[^"]*")*\})*"/s.exec(rest)?.[0];
    const plain = quoted ?? bare(rest);
    this.position += plain.length;
    if (quoted !== undefined) return unquoted(quoted);
    const expression = plain.trim();
    if (/^(true|false|null|-?\d+(\.\d+)?)$/.test(expression)) return JSON.parse(expression);
    return /^[\w-]+$/.test(expression) ? expression : `\${${expression}}`;
  }

  /** Skips white space and returns the next character. */
  private next(): string | undefined {
    while (/\s/.test(this.text[this.position] ?? "")) this.position += 1;
    return this.text[this.position];
  }
}

/** An unquoted expression, up to a separator outside of brackets and quotes. */
function bare(text: string): string {
  let depth = 0;
  let isQuoted = false;
  for (const [index, character] of [...text].entries()) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    if (depth < 0 || (depth === 0 && ",=:\n".includes(character))) return text.slice(0, index);
  }
  return text;
}

/** The value of a quoted string. Expressions inside of it, which may contain quotes, are not changed. */
function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, character: string) => (character === "n" ? "\n" : character));
}
