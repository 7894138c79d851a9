import { Token } from "cdktf";
import { escapeTerraform } from "../core/token";
import { convertTexts } from "./manifest/convert-texts";

/**
 * Copies the arguments of a resource with all texts, including the keys of maps, escaped for Terraform: the `${x}` and `%{x}` of a
 * user are text, not expressions. Values that are known only after apply are not changed.
 */
export function escaped<T>(value: T): T {
  return convertTexts(value, escapeTerraform, (list) => Token.isUnresolved(list)) as T;
}
