import { detectSecret } from "../../boot/detect-secret";
import { isPlainText } from "../../core/quoting/characters";
import { RELATIVE_PATH } from "./relative-path";
import { REG004 } from "./rules";

/**
 * Defines the Dockerfile of an image build.
 *
 * @example Dockerfile.at("docker/Dockerfile"); Dockerfile.ofText("FROM public.ecr.aws/nginx/nginx:1.28\nCOPY site /usr/share/nginx/html")
 */
export class Dockerfile {
  /** A file of the source, by its path. */
  static at(path: string): Dockerfile {
    if (!RELATIVE_PATH.test(path))
      throw REG004.violation({
        given: `Dockerfile "${path}"`,
        fix: 'use a path within the source, such as "Dockerfile"',
      });
    return new Dockerfile(path, undefined);
  }

  /** A text that takes the place of a Dockerfile in the source: for sources that have none, or one that needs files built before. */
  static ofText(text: string): Dockerfile {
    const secret = detectSecret(text);
    const isValid = /^\s*FROM\s+\S/im.test(text) && text.split("\n").every(isPlainText) && text.length <= 16_000;
    if (secret !== undefined || !isValid)
      throw REG004.violation({
        given: secret === undefined ? `Dockerfile of ${text.length} characters` : `a Dockerfile with ${secret}`,
        fix: "use at most 16000 characters with a FROM instruction and without secrets",
      });
    return new Dockerfile("Dockerfile.groundwork", text);
  }

  private constructor(
    /** Path within the source. */
    readonly path: string,
    /** Text of the file; undefined when it is a file of the source. */
    readonly text: string | undefined,
  ) {}
}
