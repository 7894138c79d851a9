import { runInNewContext } from "node:vm";
import { viewerRequestCode } from "@groundwork/constructs/aws/site/distribution/viewer-request";
import fc from "fast-check";

interface Request {
  uri: string;
  querystring: Record<string, { value: string }>;
}

type Handler = (event: { readonly request: Request }) => Request;

/** Runs the function as CloudFront does: a script that defines `handler`, called with the event. */
function route(code: string, uri: string): Request {
  const handler = handlers.get(code) ?? (runInNewContext(`${code}; handler`) as Handler);
  handlers.set(code, handler);
  return handler({ request: { uri, querystring: { page: { value: "2" } } } });
}

/** Creating a context takes milliseconds; the function has no state, so one context per code is enough. */
const handlers = new Map<string, Handler>();

describe("the function of a single-page application", () => {
  const code = viewerRequestCode("index", "index.html");

  test.each([
    ["/", "/index.html"],
    ["/users", "/index.html"],
    ["/users/", "/index.html"],
    ["/users/7/orders", "/index.html"],
    ["/v1.2/about", "/index.html"],
    ["//evil.example/x", "/index.html"],
    ["/app.js", "/app.js"],
    ["/assets/logo.4f3a.svg", "/assets/logo.4f3a.svg"],
    ["/missing.css", "/missing.css"],
    ["/.well-known/apple-app-site-association", "/.well-known/apple-app-site-association"],
    ["/.well-known/acme-challenge/abc", "/.well-known/acme-challenge/abc"],
  ])("rewrites %s to %s", (uri, file) => expect(route(code, uri).uri).toBe(file));
});

describe("the function of a site with directories", () => {
  const code = viewerRequestCode("directories", "index.html");

  test.each([
    ["/", "/index.html"],
    ["/about", "/about/index.html"],
    ["/about/", "/about/index.html"],
    ["/blog/2025/first-post/", "/blog/2025/first-post/index.html"],
    ["/blog/v1.2/notes", "/blog/v1.2/notes/index.html"],
    ["/page-data/index/page-data.json", "/page-data/index/page-data.json"],
    ["/favicon.ico", "/favicon.ico"],
    ["/.well-known/openid-configuration", "/.well-known/openid-configuration"],
    ["/한국어", "/한국어/index.html"],
    ["/%ED%95%9C/", "/%ED%95%9C/index.html"],
  ])("rewrites %s to %s", (uri, file) => expect(route(code, uri).uri).toBe(file));
});

describe("both functions", () => {
  const codes = fc.constantFrom(
    viewerRequestCode("index", "index.html"),
    viewerRequestCode("directories", "index.html"),
  );
  const segment = fc.stringMatching(/^[A-Za-z0-9._~%-]{0,12}$/);
  const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`);

  test("rewrite every path to a file and are idempotent", () => {
    fc.assert(
      fc.property(codes, path, (code, uri) => {
        const { uri: file } = route(code, uri);
        expect(file.startsWith("/")).toBe(true);
        expect(file.startsWith("/.well-known/") || (file.split("/").at(-1) ?? "").includes(".")).toBe(true);
        expect(route(code, file).uri).toBe(file);
      }),
    );
  });

  test("return the request, never a response, with an unchanged query string", () => {
    fc.assert(
      fc.property(codes, path, (code, uri) => {
        const request = route(code, uri);
        expect(Object.keys(request)).toEqual(["uri", "querystring"]);
        expect(request.querystring).toEqual({ page: { value: "2" } });
      }),
    );
  });

  test("support other index names, including names with quotes", () => {
    expect(route(viewerRequestCode("directories", 'ho"me.htm'), "/about").uri).toBe('/about/ho"me.htm');
  });

  test("are far smaller than the CloudFront limit of 10 kB", () => {
    expect(viewerRequestCode("directories", "index.html").length).toBeLessThan(1_000);
  });
});
