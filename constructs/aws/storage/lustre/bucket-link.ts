import type { Location, Violation } from "../../../core/violation";
import type { IBucket } from "../bucket";
import { STO015 } from "../rules";

/** A directory of a Lustre file system that shows the objects of a bucket. */
export interface BucketLink {
  /** Bucket with the objects. */
  readonly bucket: IBucket;
  /** Beginning of the keys, such as `training/`. @default - the whole bucket */
  readonly prefix?: string;
  /** Whether changed and deleted files also change and delete the objects. @default false */
  readonly writeBack?: boolean;
}

/** Changes that are carried over. */
const EVENTS = ["NEW", "CHANGED", "DELETED"];

/** Arguments of a data repository association. */
export function renderLink(path: string, { bucket, prefix = "", writeBack = false }: BucketLink) {
  return {
    fileSystemPath: path,
    dataRepositoryPath: `s3://${bucket.bucketName}/${prefix}`,
    batchImportMetaDataOnCreate: true,
    // A file with changes that are not in the bucket yet must not disappear with the link.
    deleteDataInFilesystem: false,
    s3: {
      autoImportPolicy: { events: EVENTS },
      ...(writeBack ? { autoExportPolicy: { events: EVENTS } } : {}),
    },
  };
}

/** Violations of the directories and prefixes. */
export function linkViolations(links: Readonly<Record<string, BucketLink>>, at: Location): Violation[] {
  const paths = Object.keys(links);
  const wrong = paths.filter(
    (path) =>
      !/^(\/[\w.-]+)+$/.test(path) || paths.some((other) => other !== path && `${path}/`.startsWith(`${other}/`)),
  );
  const prefixes = Object.values(links).filter(
    ({ prefix = "" }) => prefix !== "" && !/^[\w!*'().-][\w!*'()./-]*\/$/.test(prefix),
  );
  return [
    ...(paths.length > 8 ? [STO015.violation({ at, given: `${paths.length} links`, fix: "use at most 8" })] : []),
    ...wrong.map((path) =>
      STO015.violation({ at, given: `directory "${path}"`, fix: "use directories such as /training, none in another" }),
    ),
    ...prefixes.map(({ prefix = "" }) =>
      STO015.violation({ at, given: `prefix "${prefix}"`, fix: "end it with a slash, such as training/" }),
    ),
  ];
}
