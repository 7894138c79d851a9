/** Start of a CDKTF token: a value that is known only at apply. */
const TOKEN = /\$\{TfToken\[/;

/** Whether a text contains a CDKTF token. A shell variable `${name}` is not a token. */
export function holdsToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Escapes a text for Terraform: the shell's `${name}` and curl's `%{name}` would be read as template expressions. CDKTF tokens
 * are not changed.
 *
 * @example forTerraform("echo ${HOME}") // "echo $${HOME}"
 */
export function forTerraform(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, "$$$${").replace(/%\{/g, "%%{");
}
