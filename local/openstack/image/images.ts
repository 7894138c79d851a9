import { OWNER } from "../account";
import type { Route } from "../call";
import { param } from "../call";
import { listing } from "../listing";
import type { Row, World } from "../world";
import { Kind } from "../world";

/** What a machine's disk begins as. */
export interface Image extends Row {
  readonly name: string;
  /** Size that a disk must have at least, in GB. */
  readonly min_disk: number;
}

export const IMAGES = new Kind<Image>("Image");

/** An image that the cloud offers to everybody. */
export function addImage(
  world: World,
  name: string,
  createdAt: string,
  properties: Readonly<Record<string, string>>,
): void {
  const id = world.newId();
  const row = {
    id,
    name,
    owner: OWNER.tenant_id,
    status: "active",
    visibility: "public",
    min_disk: 20,
    min_ram: 0,
    size: 2_361_393_152,
    virtual_size: 21_474_836_480,
    checksum: "d41d8cd98f00b204e9800998ecf8427e",
    container_format: "bare",
    disk_format: "qcow2",
    created_at: createdAt,
    updated_at: createdAt,
    protected: true,
    os_hidden: false,
    tags: [],
    self: `/v2/images/${id}`,
    file: `/v2/images/${id}/file`,
    schema: "/v2/schemas/image",
    ...properties,
  };
  world.add(IMAGES, row, { provided: true });
}

/**
 * Look-ups of images. Nobody makes any here.
 *
 * @param sorts - whether the list takes `sort=name:asc` besides the older two words; the order means nothing to who asks here
 */
export function images(world: World, sorts = false): readonly Route[] {
  const filters = ["id", "name", "owner", "status", "visibility", "tag", "container_format", "disk_format"];
  const ignored = ["member_status", "size_min", "size_max", "os_hidden", ...(sorts ? ["sort"] : [])];
  return [
    {
      method: "GET",
      path: "/v2/images",
      answer: (call) => ({
        body: {
          images: listing(call, world.all(IMAGES), { filters, ignored }),
          first: "/v2/images",
          schema: "/v2/schemas/images",
        },
      }),
    },
    { method: "GET", path: "/v2/images/:id", answer: (call) => ({ body: world.get(IMAGES, param(call)) }) },
  ];
}
