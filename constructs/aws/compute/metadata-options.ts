/** Instance metadata with a token (IMDSv2), and one hop away only: containers and proxied requests do not reach it. */
export const METADATA_OPTIONS = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
};
