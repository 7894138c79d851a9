import { anyCheck, type Check, type Problem } from "../check";
import { nearest } from "../nearest";
import type { Plan, PlannedBlock } from "../plan";
import { blocksOf } from "@groundwork/tooling/terraform/synthesized";
import { machinesOf } from "./machines";
import type { OpenStackSession } from "./session";

/** An image that a stack selects, and the smallest root disk that is created from it. */
export interface ImageNeed {
  readonly stack: string;
  /** Exact name, or undefined. */
  readonly name: string | undefined;
  /** Pattern of the name, as Terraform's data source interprets it. */
  readonly pattern: string | undefined;
  /** Whether the newest of several images is taken. */
  readonly isNewest: boolean;
  /** Size in GiB of the smallest volume that is created from it; undefined without one. */
  readonly smallestDisk: number | undefined;
}

/** An image of the cloud. */
export interface Image {
  readonly name: string | null;
  /** Smallest disk in GiB. */
  readonly min_disk: number;
  readonly created_at: string;
}

const DATA = "openstack_images_image_v2";

/** Whether each selected image exists, is unique, and fits on the disks that are created from it. */
export const imageCheck: Check<OpenStackSession, readonly ImageNeed[], readonly Image[]> = {
  name: "images",
  needs: (plan) => {
    const needs = plan
      .data(DATA)
      .filter((data) => isUsed(plan, data))
      .map((data) => needOf(plan, data));
    return needs.length === 0 ? undefined : needs;
  },
  supply: (cloud) => cloud.list<Image>("image", "/images?status=active", "images"),
  compare: (needs, supply) => needs.flatMap((need) => problemsOf(need, supply)),
};

export const images = anyCheck(imageCheck);

function needOf(plan: Plan, data: PlannedBlock): ImageNeed {
  const sizes = createdDisks(plan, data)
    .map((size) => Number(size))
    .filter((size) => Number.isFinite(size));
  return {
    stack: data.stack,
    name: data.text("name"),
    pattern: data.text("name_regex"),
    isNewest: data.block["most_recent"] === true,
    smallestDisk: sizes.length === 0 ? undefined : Math.min(...sizes),
  };
}

/** Whether a machine or a volume that the next apply creates uses the image, or none does because the image is used otherwise. */
function isUsed(plan: Plan, data: PlannedBlock): boolean {
  const users = plan.resources().filter((each) => each.stack === data.stack && uses(each, data));
  return users.length === 0 || users.some(({ deployed }) => deployed === undefined);
}

function uses({ block }: PlannedBlock, { address }: PlannedBlock): boolean {
  return JSON.stringify(block).includes(`\${data.${address}.`);
}

function createdDisks(plan: Plan, data: PlannedBlock): readonly unknown[] {
  const machines = machinesOf(plan).filter(
    ({ resource }) => resource.stack === data.stack && resource.deployed === undefined,
  );
  return machines
    .flatMap(({ resource }) => blocksOf(resource.block["block_device"]))
    .filter(({ uuid, destination_type: target }) => uuid === `\${data.${data.address}.id}` && target === "volume")
    .map(({ volume_size: size }) => size);
}

function problemsOf(need: ImageNeed, supply: readonly Image[]): readonly Problem[] {
  const { name, pattern, isNewest } = need;
  if (name === undefined && pattern === undefined) return [];
  const needed = name === undefined ? `an image that matches ${pattern ?? ""}` : `image "${name}"`;
  const found = supply.filter((image) => matches(need, image));
  const names = supply.map((image) => image.name ?? "");
  const fix = "choose one of openstack image list";
  if (found.length === 0)
    return [
      { needed, available: `the cloud has no such image${nearest(name ?? plainText(pattern ?? ""), names)}`, fix },
    ];
  if (found.length > 1 && !isNewest)
    return [{ needed, available: `${found.length} images match`, fix: "select the newest, or specify the whole name" }];
  return tooLarge(need, newest(found));
}

function tooLarge({ smallestDisk }: ImageNeed, image: Image | undefined): readonly Problem[] {
  if (image === undefined || smallestDisk === undefined || image.min_disk <= smallestDisk) return [];
  return [
    {
      needed: `image "${image.name ?? ""}" on a disk of ${smallestDisk} GiB`,
      available: `the image needs ${image.min_disk} GiB`,
      fix: `set the size of the root disk to ${image.min_disk} GiB or more`,
    },
  ];
}

function matches({ name, pattern }: ImageNeed, image: Image): boolean {
  const given = image.name ?? "";
  if (name !== undefined && given !== name) return false;
  return pattern === undefined || new RegExp(pattern).test(given);
}

function newest(found: readonly Image[]): Image | undefined {
  return [...found].sort((a, b) => b.created_at.localeCompare(a.created_at))[0];
}

/** A pattern without its special characters, for the nearest name. */
function plainText(pattern: string): string {
  return pattern.replace(/[\^$\\]/g, "");
}
