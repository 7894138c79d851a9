/** Pages of a website endpoint. */
export interface Website {
  /** File name of the index page of every directory, for example `index.html`. */
  readonly indexDocument: string;
  /** Key of the object that is returned, with status 404, for a missing object. @default - the error page of S3 */
  readonly errorDocument?: string;
}
