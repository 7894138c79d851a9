/** A value that only Terraform will know, as CDKTF writes it into a text. */
const TOKEN = /\$\{TfToken\[/;

/** Whether a text holds a value that only Terraform will know. Shell's own `${name}` is none. */
export function holdsToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * A text as Terraform has to be given it: what it would take for its own expressions, shell's `${name}` and curl's `%{name}`, is
 * escaped; CDKTF's tokens stay.
 *
 * @example forTerraform("echo ${HOME}") // "echo $${HOME}"
 */
export function forTerraform(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, "$$$${").replace(/%\{/g, "%%{");
}
