import {
  BatchCheckLayerAvailabilityCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsResponse,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  type EnhancedImageScanFinding,
  GetDownloadUrlForLayerCommand,
  type ImageScanFinding,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { defined, matchesWildcard } from "@groundwork/constructs/core";
import { isErrorNamed, orUndefined } from "../../aws/aws-errors";
import type { AwsSession } from "../../aws/aws-session";
import type { ImageRepository, Manifest } from "./image-repository";
import type { Scan, ScanFinding } from "./scan";

/** Formats of manifests; without a list ECR may convert a manifest, which would change its digest. */
const MEDIA_TYPES = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
];

/** Most layers of one request. */
const MOST_LAYERS = 100;

/** A repository in ECR. */
export class EcrRepository implements ImageRepository {
  /** Arguments of every request. */
  private readonly own: { readonly repositoryName: string; readonly registryId?: string };

  constructor(
    private readonly session: AwsSession,
    readonly name: string,
    /** Account of the registry. @default - the account of the credentials */
    private readonly account?: string,
  ) {
    this.own = { repositoryName: name, ...defined({ registryId: account }) };
  }

  get id(): string {
    return `${this.account ?? ""}/${this.session.region}/${this.name}`;
  }

  async digestOf(imageTag: string): Promise<string | undefined> {
    try {
      const request = new DescribeImagesCommand({ ...this.own, imageIds: [{ imageTag }] });
      const { imageDetails = [] } = await this.ecr.send(request);
      return imageDetails[0]?.imageDigest;
    } catch (error) {
      if (isErrorNamed(error, "ImageNotFoundException")) return undefined;
      throw this.explained(error);
    }
  }

  async isImmutable(tag: string): Promise<boolean> {
    const { repositoryName, ...registry } = this.own;
    const request = new DescribeRepositoriesCommand({ ...registry, repositoryNames: [repositoryName] });
    const [repository] = (await this.ecr.send(request)).repositories ?? [];
    const { imageTagMutability = "", imageTagMutabilityExclusionFilters = [] } = repository ?? {};
    const isException = imageTagMutabilityExclusionFilters.some(({ filter = "" }) => matchesWildcard(filter, tag));
    return imageTagMutability.startsWith("IMMUTABLE") !== isException;
  }

  async manifest(imageDigest: string): Promise<Manifest | undefined> {
    const request = { ...this.own, imageIds: [{ imageDigest }], acceptedMediaTypes: MEDIA_TYPES };
    const { images = [] } = await this.ecr.send(new BatchGetImageCommand(request));
    const [image] = images;
    if (image?.imageManifest === undefined) return undefined;
    return { digest: imageDigest, text: image.imageManifest, mediaType: image.imageManifestMediaType ?? "" };
  }

  async putManifest({ digest, text, mediaType }: Manifest, imageTag?: string): Promise<string> {
    const request = new PutImageCommand({
      ...this.own,
      imageManifest: text,
      imageDigest: digest,
      ...(mediaType === "" ? {} : { imageManifestMediaType: mediaType }),
      ...defined({ imageTag }),
    });
    try {
      const { image } = await this.ecr.send(request);
      return image?.imageId?.imageDigest ?? "";
    } catch (error) {
      // The same manifest with the same tag.
      if (isErrorNamed(error, "ImageAlreadyExistsException")) return digest;
      throw error;
    }
  }

  async missingLayers(digests: readonly string[]): Promise<readonly string[]> {
    const missing: string[] = [];
    for (let first = 0; first < digests.length; first += MOST_LAYERS) {
      const layerDigests = digests.slice(first, first + MOST_LAYERS);
      const { layers = [] } = await this.ecr.send(
        new BatchCheckLayerAvailabilityCommand({ ...this.own, layerDigests }),
      );
      const available = layers.filter(({ layerAvailability }) => layerAvailability === "AVAILABLE");
      missing.push(...layerDigests.filter((digest) => !available.some(({ layerDigest }) => layerDigest === digest)));
    }
    return missing;
  }

  async download(layerDigest: string, abort: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const request = new GetDownloadUrlForLayerCommand({ ...this.own, layerDigest });
    const { downloadUrl = "" } = await this.ecr.send(request);
    const response = await fetch(downloadUrl, { signal: abort });
    // The address contains a signature, so it is not part of the message.
    if (!response.ok || response.body === null)
      throw new Error(`the download of the layer ${layerDigest} of ${this.name} failed with status ${response.status}`);
    return response.body as AsyncIterable<Uint8Array>;
  }

  async upload(layer: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { uploadId, partSize = 0 } = await this.ecr.send(new InitiateLayerUploadCommand(this.own));
    let sent = 0;
    for await (const layerPartBlob of inParts(content, partSize)) {
      const last = sent + layerPartBlob.length - 1;
      const part = { uploadId, partFirstByte: sent, partLastByte: last, layerPartBlob };
      await this.ecr.send(new UploadLayerPartCommand({ ...this.own, ...part }));
      sent = last + 1;
    }
    try {
      await this.ecr.send(new CompleteLayerUploadCommand({ ...this.own, uploadId, layerDigests: [layer] }));
    } catch (error) {
      // Another client has uploaded it in the meantime.
      if (!isErrorNamed(error, "LayerAlreadyExistsException")) throw error;
    }
  }

  async scan(imageDigest: string): Promise<Scan> {
    const findings: ScanFinding[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.findings(imageDigest, nextToken);
      if (page === undefined) return { kind: "missing", reason: "the image has not been scanned" };
      const { status = "", description = "" } = page.imageScanStatus ?? {};
      if (status === "IN_PROGRESS" || status === "PENDING") return { kind: "running" };
      // ACTIVE is the status of an image that Inspector scans continuously.
      if (status !== "COMPLETE" && status !== "ACTIVE")
        return { kind: "missing", reason: [status, description].filter((text) => text !== "").join(": ") };
      findings.push(...findingsOf(page));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return { kind: "complete", findings };
  }

  private findings(
    imageDigest: string,
    nextToken: string | undefined,
  ): Promise<DescribeImageScanFindingsResponse | undefined> {
    const request = { ...this.own, imageId: { imageDigest }, ...defined({ nextToken }) };
    return orUndefined(this.ecr.send(new DescribeImageScanFindingsCommand(request)), "ScanNotFoundException");
  }

  private explained(error: unknown): unknown {
    if (!isErrorNamed(error, "RepositoryNotFoundException")) return error;
    const account = this.account === undefined ? "the account of the credentials" : `account ${this.account}`;
    return new Error(`${account} has no repository ${this.name} in ${this.session.region}; deploy it first`, {
      cause: error,
    });
  }

  private get ecr(): ECRClient {
    return this.session.client(ECRClient);
  }
}

/** Findings of basic and of enhanced scans. */
function findingsOf({ imageScanFindings }: DescribeImageScanFindingsResponse): readonly ScanFinding[] {
  const { findings = [], enhancedFindings = [] } = imageScanFindings ?? {};
  return [...findings.map(basicFinding), ...enhancedFindings.map(enhancedFinding)];
}

function basicFinding({ name = "", severity = "UNDEFINED", attributes = [] }: ImageScanFinding): ScanFinding {
  const valueOf = (key: string) => attributes.find((attribute) => attribute.key === key)?.value ?? "";
  return { name, severity, subject: `${valueOf("package_name")} ${valueOf("package_version")}`.trim() };
}

/** A finding of Inspector. */
function enhancedFinding({ packageVulnerabilityDetails, severity, title = "" }: EnhancedImageScanFinding): ScanFinding {
  const { vulnerabilityId: name = title, vulnerablePackages = [] } = packageVulnerabilityDetails ?? {};
  const subject = vulnerablePackages.slice(0, 1).map((one) => `${one.name ?? ""} ${one.version ?? ""}`.trim());
  return { name, severity: severity ?? "UNTRIAGED", subject: subject.join("") };
}

/** The content in parts of one size; the last one is smaller. */
export async function* inParts(content: AsyncIterable<Uint8Array>, size: number): AsyncIterable<Uint8Array> {
  let buffered: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    buffered.push(chunk);
    length += chunk.length;
    if (length < size) continue;
    let rest = Buffer.concat(buffered);
    for (; rest.length >= size && size > 0; rest = rest.subarray(size)) yield rest.subarray(0, size);
    buffered = [rest];
    ({ length } = rest);
  }
  if (length > 0) yield Buffer.concat(buffered);
}
