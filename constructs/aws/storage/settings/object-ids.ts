import type { IConstruct } from "constructs";
import { isFreeId } from "../../../core/child-id";
import { hashOf } from "../../../core/text";
import { isToken } from "../../../core/token";
import { OBJECT_KEY_BYTES } from "../../limits";
import { STO007 } from "../rules";

/** Ids of the settings of a bucket, which no object can have. */
const RESERVED = [
  ...["Resource", "Ownership", "PublicAccess", "Versioning", "Encryption", "Lifecycle", "Logging", "Events", "Website"],
  "Policy",
];

/**
 * Construct ids of the objects of a bucket: their keys. A key whose id is in use, because ids do not distinguish `/` and `--`, or
 * because a setting has it, has a hash of the key in its id.
 */
export class ObjectIds {
  private readonly keys = new Set<string>();

  constructor(private readonly bucket: IConstruct) {}

  /** The id of a new object. Rejects keys that S3 does not accept, and a second object with one key. */
  idOf(key: string): string {
    this.check(key);
    this.keys.add(key);
    const isTaken = RESERVED.includes(key) || !isFreeId(this.bucket, key);
    return isTaken ? `${key}-${hashOf(key)}` : key;
  }

  private check(key: string): void {
    const bytes = Buffer.byteLength(key);
    if (this.keys.has(key))
      throw STO007.violation({ at: this.bucket, given: `object "${key}" twice`, fix: "add it once" });
    if (/^\/|^\.\/|\/\/|(^|\/)\.\.(\/|$)/.test(key))
      throw STO007.violation({
        at: this.bucket,
        given: `object key "${key}"`,
        fix: "write it without a leading slash, empty parts and ..: the provider shortens the former, and S3 rejects the latter",
      });
    if (isToken(key))
      throw STO007.violation({
        at: this.bucket,
        given: `object key "${key}", which is known only at apply`,
        fix: "use a key that is known at synthesis: it becomes part of the Terraform address",
      });
    if (key === "" || bytes > OBJECT_KEY_BYTES)
      throw STO007.violation({
        at: this.bucket,
        given: `object key "${key.slice(0, 40)}" of ${bytes} bytes`,
        fix: `use 1 to ${OBJECT_KEY_BYTES} bytes`,
      });
  }
}
