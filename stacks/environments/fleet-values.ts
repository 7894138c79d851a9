import { Region } from "@groundwork/constructs/nhn/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Size } from "@groundwork/constructs/core/size";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import * as v from "valibot";
import { defined, read, transform } from "./values";

/** The machines of a container platform. */
const fleet = v.strictObject({
  /** Public half of the key that logs in; `npm run key-pair` makes one. */
  keyPair: v.strictObject({ name: v.string(), publicKey: v.string() }),
  /** Beginning of the image's name; the newest is taken. */
  image: read((beginning) => ImageName.newest(beginning)),
  flavor: v.string(),
  /** Left out, the cloud chooses. */
  zone: v.optional(v.string()),
  rootDisk: v.pipe(
    v.strictObject({ gibibytes: v.number(), type: v.optional(v.string()) }),
    transform(({ gibibytes, type }) => ({ size: Size.gibibytes(gibibytes), ...defined({ type }) })),
  ),
  controlPlanes: v.number(),
  workers: v.number(),
});

/** A public and a private subnet. Administrators reach the bastion in the public one, and through it everything else. */
const twoTiers = v.strictObject({
  cidr: read((text) => Cidr.parse(text)),
  publicCidr: read((text) => Cidr.parse(text)),
  privateCidr: read((text) => Cidr.parse(text)),
  administrators: v.array(read((text) => Peer.ipv4(text))),
});

/** Machines on NHN Cloud. */
export const nhn = v.strictObject({
  region: read((name) => Region.of(name)),
  network: twoTiers,
  fleet,
});

/** The same machines on an OpenStack of anybody's. */
export const openstack = v.strictObject({
  /** Address of the identity service, up to and with `/v3`. */
  authUrl: v.string(),
  region: v.string(),
  network: twoTiers,
  fleet,
});

/** The machines as the stacks read them. */
export type FleetSettings = v.InferOutput<typeof fleet>;
