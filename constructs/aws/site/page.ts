import { isToken } from "../../core/token";
import { SIT005 } from "./rules";

/** Rejects a string that is not the object key of a page; returns it unchanged. */
export function checkedPage(key: string, at?: { readonly node: { readonly path: string } }): string {
  if (key === "" || key.startsWith("/") || key.endsWith("/"))
    throw SIT005.violation({
      at,
      given: `page "${key}"`,
      fix: 'use an object key, for example "404.html"',
    });
  return key;
}

/** Rejects a string that cannot be the index document of every directory; returns it unchanged. */
export function checkedIndex(key: string, at: { readonly node: { readonly path: string } }): string {
  if (checkedPage(key, at).includes("/"))
    throw SIT005.violation({ at, given: `index document "${key}"`, fix: 'use a name without a slash: "index.html"' });
  return key;
}

/** Rejects an index document that CloudFront does not accept; returns it unchanged. Source: "Specify a default root object". */
export function checkedRootObject(key: string, at: { readonly node: { readonly path: string } }): string {
  if (isToken(key) || /^[A-Za-z0-9_\-.*$/~"'&]{1,255}$/.test(key)) return key;
  throw SIT005.violation({ at, given: `index document "${key}"`, fix: "use letters, digits and _-.*$/~\"'&" });
}
