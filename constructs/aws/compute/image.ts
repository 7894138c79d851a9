import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import type { Construct } from "constructs";
import { isWholeToken } from "../../core/token";
import { resourceId } from "../resource-id";
import type { Architecture } from "./instance-type";
import { CMP002, CMP003 } from "./rules";

/** Distribution of an image, which determines its package manager. */
export type ImageSystem = "amazon-linux" | "ubuntu";

/** Releases of Ubuntu that the library knows. */
export type UbuntuRelease = "22.04" | "24.04";

/** Volume type in the parameters of Ubuntu, which differs between releases. Source: Canonical, "Find Ubuntu images on AWS". */
const UBUNTU: Readonly<Record<UbuntuRelease, string>> = { "22.04": "ebs-gp2", "24.04": "ebs-gp3" };

/** Properties of an own image, which its id does not contain. */
export interface OwnImageOptions {
  /** Processor architecture that the image is built for. */
  readonly architecture: Architecture;
  /** Distribution, for a typed first boot. @default - unknown: any first boot is accepted, mounts of data disks are not */
  readonly system?: ImageSystem;
  /** Device of the root volume, for fleets. @default - that of the distribution, "/dev/xvda" on Amazon Linux and "/dev/sda1" elsewhere */
  readonly rootDevice?: string;
}

/** How the id of an image is found: in a public parameter per architecture, or given. */
type Source =
  { readonly parameter: (architecture: Architecture) => string; readonly id?: undefined } | { readonly id: string };

/**
 * Defines the image that a machine starts from.
 *
 * An image is selected when the machine is created: a newer one does not replace it.
 *
 * @example
 * Image.amazonLinux2023(); Image.ubuntu("24.04"); Image.ami("ami-0123456789abcdef0", { architecture: "arm64", system: "ubuntu" });
 * Image.parameter("/images/web", { architecture: "x86_64" });
 */
export class Image {
  /** The newest Amazon Linux 2023 for the architecture of the machine. */
  static amazonLinux2023(): Image {
    const parameter = (architecture: Architecture) =>
      `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
    return new Image("Amazon Linux 2023", { parameter }, undefined, "amazon-linux");
  }

  /** The newest image of an Ubuntu release for the architecture of the machine. */
  static ubuntu(release: UbuntuRelease): Image {
    if (!Object.hasOwn(UBUNTU, release))
      throw CMP003.violation({
        given: `Ubuntu "${release}"`,
        fix: `use ${Object.keys(UBUNTU)
          .map((known) => `"${known}"`)
          .join(" or ")}, or Image.parameter() with the architecture of another image`,
      });
    const parameter = (architecture: Architecture) =>
      `/aws/service/canonical/ubuntu/server/${release}/stable/current/${architecture === "arm64" ? "arm64" : "amd64"}/hvm/${UBUNTU[release]}/ami-id`;
    return new Image(`Ubuntu ${release}`, { parameter }, undefined, "ubuntu");
  }

  /** An image by its id, with what its id does not contain. */
  static ami(imageId: string, options: OwnImageOptions): Image {
    const { architecture, system, rootDevice } = options;
    return new Image(imageId, { id: resourceId(imageId, "image") }, checked(architecture), system, rootDevice);
  }

  /** The image whose id an SSM parameter contains. */
  static parameter(name: string, options: OwnImageOptions): Image {
    if (!isWholeToken(name) && !/^(\/[\w.-]+)+$|^[\w.-]+$/.test(name))
      throw CMP003.violation({
        given: `parameter "${name}"`,
        fix: "use the name of an SSM parameter, for example /images/web",
      });
    const { architecture, system, rootDevice } = options;
    return new Image(name, { parameter: () => name }, checked(architecture), system, rootDevice);
  }

  private constructor(
    /** Description for errors. */
    readonly name: string,
    private readonly source: Source,
    /** Architecture of the image; undefined if it exists for every one. */
    readonly architecture: Architecture | undefined,

    /** Distribution of the image. */
    readonly system: ImageSystem | undefined,
    private readonly device?: string,
  ) {}

  /** Device of the root volume. */
  get rootDevice(): string {
    return this.device ?? (this.system === "amazon-linux" ? "/dev/xvda" : "/dev/sda1");
  }

  /** The id of the image for an architecture; creates a data source `Image` unless it is given. */
  imageIdFor(scope: Construct, architecture: Architecture): string {
    const { source } = this;
    if (source.id !== undefined) return source.id;
    return new DataAwsSsmParameter(scope, "Image", { name: source.parameter(architecture) }).insecureValue;
  }
}

function checked(architecture: Architecture): Architecture {
  if (["x86_64", "arm64"].includes(architecture)) return architecture;
  throw CMP002.violation({ given: `architecture "${architecture}"`, fix: "use x86_64 or arm64" });
}
