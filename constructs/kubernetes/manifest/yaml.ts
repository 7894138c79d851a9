/** Data without any meaning beyond what JSON can say. */
type Data = unknown;

/** Texts that YAML reads as what they are without quotes: they begin with a letter or /, and no word of YAML's own. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-z/][\w./-]*$/i;

/** Data as YAML, in the order of its keys. Ends with a line break. */
export function toYaml(data: Data): string {
  return `${lines(data).join("\n")}\n`;
}

function lines(data: Data): string[] {
  if (Array.isArray(data) && data.length > 0)
    return data.flatMap((element) => {
      const [first = "", ...rest] = lines(element);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  if (typeof data === "object" && data !== null && !Array.isArray(data)) {
    const entries = Object.entries(data).filter(([, value]) => value !== undefined);
    if (entries.length > 0) return entries.flatMap(([key, value]) => entry(scalar(key), value));
  }
  return [scalar(data)];
}

function entry(key: string, value: Data): string[] {
  const below = lines(value);
  const empty = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (empty) return [`${key}: ${below.join("")}`];
  return [`${key}:`, ...below.map((line) => `  ${line}`)];
}

/** JSON is YAML: what cannot stand without quotes stands as JSON. */
function scalar(value: Data): string {
  if (typeof value === "string" && PLAIN.test(value)) return value;
  return JSON.stringify(value);
}
