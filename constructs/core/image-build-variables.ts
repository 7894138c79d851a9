/** Variables of a project that builds an image: `ImageBuild` sets them, `groundwork images` reads them. */
export const BUILD_VARIABLES = {
  /** Name of the repository. */
  repositoryName: "REPOSITORY_NAME",
  /** Address of the repository, without a tag. */
  repositoryUrl: "REPOSITORY_URL",
  /** Address of the source. */
  sourceUrl: "SOURCE_URL",
  /** Branch, tag or commit of the source. */
  sourceRevision: "SOURCE_REVISION",
  /** Tag of the image; absent when it is derived from the commit. */
  tag: "FIXED_TAG",
  /** Hash of everything that determines an image except for the code behind a branch. */
  definition: "BUILD_DEFINITION",
} as const;

/** Variables that such a build exports. */
export const EXPORTED_VARIABLES = { digest: "IMAGE_DIGEST", tag: "IMAGE_TAG", commit: "SOURCE_COMMIT" } as const;

/** Characters of the commit hash in a derived tag. */
export const COMMIT_TAG_LENGTH = 12;
