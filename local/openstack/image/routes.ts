import { param, type Route } from "../api/call";
import { listing } from "../api/listing";
import type { Store } from "../store";
import { IMAGES } from "./models";

/**
 * Images, read-only.
 *
 * @param acceptsSort - whether the list accepts `sort=name:asc` in addition to `sort_key` and `sort_dir`; it has no effect
 */
export function images(store: Store, acceptsSort = false): readonly Route[] {
  const filters = ["id", "name", "owner", "status", "visibility", "tag", "container_format", "disk_format"];
  const ignored = ["member_status", "size_min", "size_max", "os_hidden", ...(acceptsSort ? ["sort"] : [])];
  return [
    {
      method: "GET",
      path: "/v2/images",
      handle: (call) => ({
        body: {
          images: listing(call, store.all(IMAGES), { filters, ignored }),
          first: "/v2/images",
          schema: "/v2/schemas/images",
        },
      }),
    },
    { method: "GET", path: "/v2/images/:id", handle: (call) => ({ body: store.get(IMAGES, param(call)) }) },
  ];
}
