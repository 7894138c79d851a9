/**
 * Code of the viewer request function, for the runtime `cloudfront-js-2.0`.
 *
 * It rewrites and never redirects: a redirect built from the path would be an open redirect for `//evil.example`. Paths below
 * `/.well-known/` are files without an extension and stay unchanged.
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
