import { SIT005 } from "./rules";

/** Refuses what is no key of a page. */
export function checkedPage(key: string, at?: { readonly node: { readonly path: string } }): string {
  if (key === "" || key.startsWith("/") || key.endsWith("/"))
    throw SIT005.violation({
      ...(at && { at }),
      given: `page "${key}"`,
      fix: 'write it as a key, for example "404.html"',
    });
  return key;
}

/** Refuses what cannot be the index of every directory. */
export function checkedIndex(key: string, at: { readonly node: { readonly path: string } }): string {
  if (checkedPage(key, at).includes("/"))
    throw SIT005.violation({ at, given: `index document "${key}"`, fix: 'write a name without a slash: "index.html"' });
  return key;
}
