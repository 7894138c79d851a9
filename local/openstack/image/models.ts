import { Kind, type Row } from "../store";

/** An image from which disks are created. */
export interface Image extends Row {
  readonly name: string;
  /** Minimum size of a disk, in GB. */
  readonly min_disk: number;
}

export const IMAGES = new Kind<Image>("Image");
