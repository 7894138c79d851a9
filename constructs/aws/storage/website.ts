/** Pages of a website endpoint. */
export interface Website {
  /** Object that answers for a directory, in every directory. */
  readonly indexDocument: string;
  /** Object that answers, with status 404, for what is not there. @default - S3's own error page */
  readonly errorDocument?: string;
}
