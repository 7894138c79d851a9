import { Kind, type Row } from "../store";

/** What a machine's disk begins as. */
export interface Image extends Row {
  readonly name: string;
  /** Size that a disk must have at least, in GB. */
  readonly min_disk: number;
}

export const IMAGES = new Kind<Image>("Image");
