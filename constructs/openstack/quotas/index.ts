export {
  type CountedDisk,
  type CountedKind,
  countObjects,
  type VolumeArguments,
  volumeSizes,
} from "../counted-objects";
