import { OWNER } from "../account";
import type { Store } from "../store";
import { IMAGES } from "./models";

/** Adds a public image. */
export function addImage(
  store: Store,
  name: string,
  createdAt: string,
  properties: Readonly<Record<string, string>>,
): void {
  const id = store.newId();
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
  store.add(IMAGES, row, { provided: true });
}
