/**
 * A text as inline code of Markdown, also within a table. Control characters and line breaks become spaces.
 *
 * @example markdownCode("main") // `main`
 */
export function markdownCode(text: string): string {
  const line = [...text].map((character) => (/[\p{Control}\u2028\u2029]/u.test(character) ? " " : character)).join("");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = longest > 0 || line.trim() === "" ? " " : "";
  return `${fence}${padding}${line.replaceAll("|", "\\|")}${padding}${fence}`;
}
