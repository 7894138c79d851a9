import { isSingleLine } from "./characters";
import { QUO001 } from "./rules";

/**
 * A text as a string in an expression of GitLab CI rules. The language has no escape sequences.
 *
 * @example `$CI_COMMIT_BRANCH == ${gitlabString(branch)}`
 */
export function gitlabString(text: string): string {
  const quote = ['"', "'"].find((candidate) => !text.includes(candidate));
  if (quote === undefined || !isSingleLine(text))
    throw QUO001.violation({
      given: `a string in a rule of GitLab CI: ${JSON.stringify(text.slice(0, 60))}`,
      fix: "use one line with at most one kind of quotes",
    });
  return `${quote}${text}${quote}`;
}
