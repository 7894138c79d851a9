import { DataOpenstackImagesImageIdsV2 } from "@groundwork/provider-openstack/lib/data-openstack-images-image-ids-v2";
import { DataOpenstackImagesImageV2 } from "@groundwork/provider-openstack/lib/data-openstack-images-image-v2";
import { Image } from "@groundwork/constructs/openstack/compute/image";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import { OST019 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { NARROW, openstackStack } from "../../../support/openstack";

describe("Image", () => {
  test("is the newest image whose name starts with the prefix, with dots escaped", () => {
    const stack = openstackStack();
    new Image(stack, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04"), visibility: "public" });
    expect(resource(stack, DataOpenstackImagesImageV2)).toMatchObject({
      name_regex: String.raw`^Ubuntu Server 22\.04`,
      most_recent: true,
      visibility: "public",
    });
  });

  test("is the image with the exact name", () => {
    const stack = openstackStack();
    new Image(stack, "Ubuntu", { name: ImageName.exactly("Ubuntu Server 22.04.3 LTS (2024.02.20)"), cloud: NARROW });
    expect(resource(stack, DataOpenstackImagesImageV2)["name"]).toBe("Ubuntu Server 22.04.3 LTS (2024.02.20)");
  });

  test("reports the requested name and a hint if no image matches", () => {
    const stack = openstackStack();
    new Image(stack, "Ubuntu", { name: ImageName.newest("Ubunut") });
    expect(resource(stack, DataOpenstackImagesImageIdsV2)["lifecycle"]).toEqual({
      postcondition: [
        {
          condition: "${length(self.ids) > 0}",
          error_message:
            'test/Ubuntu: OpenStack has no image beginning with "Ubunut"; "openstack image list" shows the names it has.',
        },
      ],
    });
    expect(graphOf(stack).needs("data.openstack_images_image_v2", "data.openstack_images_image_ids_v2")).toBe(true);
  });

  test("is not counted if the cloud does not document it", () => {
    const stack = openstackStack();
    new Image(stack, "Ubuntu", { name: ImageName.newest("Ubuntu"), cloud: NARROW });
    expect(resources(stack, DataOpenstackImagesImageIdsV2)).toEqual([]);
    expect(resource(stack, DataOpenstackImagesImageV2)["depends_on"]).toBeUndefined();
  });

  test("can be imported by id", () => {
    const stack = openstackStack();
    expect(Image.fromId(stack, "Golden", "i-1")).toMatchObject({ imageId: "i-1", imageName: "i-1" });
    expect(resources(stack, DataOpenstackImagesImageV2)).toEqual([]);
  });

  test.each(["", "  ", "U"])("rejects the name %p, which would match any image", (name) => {
    expect(() => ImageName.newest(name)).toViolate(OST019);
    expect(() => ImageName.exactly(name)).toViolate(OST019);
  });
});
