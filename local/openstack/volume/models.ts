import type { JsonObject } from "../../http/json";
import { Kind, type Row } from "../store";

/** A volume in a machine. */
export interface Attachment extends JsonObject {
  readonly server_id: string;
  readonly device: string;
}

/** A disk that outlives the machine it is in, if it is told to. */
export interface Volume extends Row {
  readonly name: string;
  readonly size: number;
  readonly volume_type: string;
  readonly status: "creating" | "available" | "in-use" | "deleting";
  readonly attachments: readonly Attachment[];
}

export const VOLUMES = new Kind<Volume>("Volume");
