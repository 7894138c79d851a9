/** A token of CDKTF, which represents for a value that is known only at apply: `${TfToken[TOKEN.7]}`. */
const TOKEN = /\$\{TfToken\[[a-zA-Z0-9:._-]+\]\}/;
const TOKENS = new RegExp(TOKEN, "g");
const WHOLE_TOKEN = new RegExp(`^${TOKEN.source}$`);

/**
 * Whether a text contains a token of CDKTF: a value that is known only at apply. Other texts with `${`, such as the shell's
 * `${name}`, are no tokens.
 *
 * Checks of free texts and names skip a text with tokens. Where the rest of the text has a meaning of its own (a list, an
 * address with options), use `isWholeToken` or check `literalOf`.
 */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Whether a text is exactly one token of CDKTF, without other characters. */
export function isWholeToken(text: string): boolean {
  return WHOLE_TOKEN.test(text);
}

/** The characters of a text that are known at synthesis: the text without its tokens. */
export function literalOf(text: string): string {
  return text.replace(TOKENS, "");
}

/**
 * Whether a synthesized text, in which tokens are resolved, contains a Terraform expression. An escaped `$${` is none.
 *
 * @example isExpression("${aws_vpc.Network.id}") // true
 */
export function isExpression(text: string): boolean {
  return /(?<!\$)\$\{/.test(text);
}

/**
 * Escapes a text for Terraform, which would read `${name}` and `%{name}` as template expressions. Tokens of CDKTF are not changed.
 *
 * The only such function: every text of a user passes through it once on its way into a resource.
 *
 * @example escapeTerraform("echo ${HOME}") // "echo $${HOME}"
 */
export function escapeTerraform(text: string): string {
  return text.replace(/(\$*)\$\{(TfToken\[)?|%\{/g, (found, dollars: string, token: string | undefined, at: number) => {
    if (found === "%{") return "%%{";
    // A dollar sign in front of a token would become the escape sequence of the token's own brace.
    if (token !== undefined) return dollars === "" ? found : `\${"${dollars}"}\${${token}`;
    // CDKTF counts braces: after an open `$${` it would render the next token without its own braces.
    const isOpenAtToken = /^[^}]*\$\{TfToken\[/.test(text.slice(at + found.length));
    return isOpenAtToken ? `\${"${dollars}$"}{` : `${dollars}$\${`;
  });
}
