import type { JsonObject } from "../../http/json";
import { Kind, type Row } from "../store";

/** The attachment of a volume to a machine. */
export interface Attachment extends JsonObject {
  readonly server_id: string;
  readonly device: string;
}

/** A block storage volume. */
export interface Volume extends Row {
  readonly name: string;
  readonly size: number;
  readonly volume_type: string;
  readonly status: "creating" | "available" | "in-use" | "deleting";
  readonly attachments: readonly Attachment[];
}

export const VOLUMES = new Kind<Volume>("Volume");
