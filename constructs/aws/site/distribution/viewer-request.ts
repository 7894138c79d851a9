/**
 * Code of the function that CloudFront runs on every request, for its runtime `cloudfront-js-2.0`.
 *
 * A rewrite, never a redirect: a redirect built from the path would send `//evil.example` elsewhere. Paths under
 * `/.well-known/` are files without an ending and stay as they are.
 */
export function viewerRequestCode(routing: "index" | "directories", indexDocument: string): string {
  const index = JSON.stringify(`/${indexDocument}`);
  const rewritten = routing === "index" ? index : `uri.replace(/\\/$/, "") + ${index}`;
  return `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  var file = uri.slice(uri.lastIndexOf("/") + 1);
  if (file.indexOf(".") < 0 && uri.indexOf("/.well-known/") !== 0) {
    request.uri = ${rewritten};
  }
  return request;
}
`;
}
