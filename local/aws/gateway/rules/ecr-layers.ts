import { randomUUID } from "node:crypto";
import { ACCOUNT } from "../../account";
import type { Call, Forward, GatewayResponse } from "../call";
import { failure, type JsonObject, jsonOf, jsonResponse, listOf, objectOf, textOf } from "../response";
import type { Rule } from "../rule";
import { digestOf } from "./codebuild/emulated-image";
import { ecrCall } from "./ecr-call";

/** Path of the addresses from which layers are downloaded. ECR keeps them in S3, whose buckets have names without an underscore. */
const DOWNLOADS = "/_ecr_layers/";

/** Bytes of a part: as JSON it is smaller than the largest body that the gateway accepts. */
const PART_SIZE = 2 * 1024 * 1024;

/** An upload that has not been completed. */
interface Upload {
  readonly repository: string;
  readonly parts: Buffer[];
  length: number;
}

/**
 * moto has none of the operations on layers, and computes another digest of a manifest than ECR. The rule keeps the layers of each
 * repository; as in ECR, a manifest is accepted when everything that it refers to is there.
 */
export function ecrLayers(): Rule {
  const layers = new Layers();
  return {
    name: "layers of images",
    applies: (call) =>
      call.service === "ecr" ? layers.has(call.action) : call.service === "s3" && call.path.startsWith(DOWNLOADS),
    handle: (call, forward) =>
      call.service === "s3" ? Promise.resolve(layers.download(call)) : layers.respond(call, forward),
  };
}

/** The layers of the repositories of all regions. */
class Layers {
  /** Contents by region, repository and digest. */
  private readonly stored = new Map<string, Buffer>();
  private readonly uploads = new Map<string, Upload>();

  private readonly operations: Readonly<
    Record<string, (call: Call, forward: Forward) => GatewayResponse | Promise<GatewayResponse>>
  > = {
    BatchCheckLayerAvailability: (call) => this.check(call),
    GetDownloadUrlForLayer: (call) => this.address(call),
    InitiateLayerUpload: (call, forward) => this.initiate(call, forward),
    UploadLayerPart: (call) => this.add(call),
    CompleteLayerUpload: (call) => this.complete(call),
    PutImage: (call, forward) => this.put(call, forward),
    DeleteRepository: (call, forward) => this.deleteRepository(call, forward),
  };

  has(action: string): boolean {
    return Object.hasOwn(this.operations, action);
  }

  async respond(call: Call, forward: Forward): Promise<GatewayResponse> {
    const operation = this.operations[call.action];
    return operation === undefined ? forward(call) : operation(call, forward);
  }

  /** The content of a layer at the address that {@link address} has returned. */
  download({ path }: Call): GatewayResponse {
    const body = this.stored.get(decodeURIComponent(path.slice(DOWNLOADS.length)));
    return body === undefined
      ? { status: 404, headers: {}, body: Buffer.alloc(0) }
      : { status: 200, headers: { "content-type": "application/octet-stream" }, body };
  }

  private check(call: Call): GatewayResponse {
    const digests = listOf(jsonOf(call)["layerDigests"]).map(textOf);
    const layers = digests.map((layerDigest) => {
      const content = this.stored.get(keyOf(call, layerDigest));
      return content === undefined
        ? { layerDigest, layerAvailability: "UNAVAILABLE" }
        : { layerDigest, layerAvailability: "AVAILABLE", layerSize: content.length };
    });
    return jsonResponse({ layers, failures: [] });
  }

  private address(call: Call): GatewayResponse {
    const layerDigest = textOf(jsonOf(call)["layerDigest"]);
    const key = keyOf(call, layerDigest);
    if (!this.stored.has(key))
      return failure("LayersNotFoundException", `The layer with digest '${layerDigest}' does not exist`);
    const scope = encodeURIComponent(`test/20000101/${call.region}/s3/aws4_request`);
    const signature = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${scope}&X-Amz-Signature=0`;
    const host = call.headers.host ?? "127.0.0.1";
    const downloadUrl = `http://${host}${DOWNLOADS}${encodeURIComponent(key)}?${signature}`;
    return jsonResponse({ downloadUrl, layerDigest });
  }

  private async initiate(call: Call, forward: Forward): Promise<GatewayResponse> {
    const repository = repositoryOf(call);
    const found = await forward(ecrCall(call, "DescribeRepositories", { repositoryNames: [repository] }));
    if (found.status >= 300) return found;
    const uploadId = randomUUID();
    this.uploads.set(uploadId, { repository: repositoryKey(call), parts: [], length: 0 });
    return jsonResponse({ uploadId, partSize: PART_SIZE });
  }

  private add(call: Call): GatewayResponse {
    const { uploadId, partFirstByte, partLastByte, layerPartBlob } = jsonOf(call);
    const upload = this.uploads.get(textOf(uploadId));
    if (upload?.repository !== repositoryKey(call)) return noUpload(uploadId);
    const part = Buffer.from(textOf(layerPartBlob), "base64");
    if (partFirstByte !== upload.length || partLastByte !== upload.length + part.length - 1)
      return failure("InvalidLayerPartException", `the part has to start at byte ${upload.length}`);
    upload.parts.push(part);
    upload.length += part.length;
    return jsonResponse({
      registryId: ACCOUNT,
      repositoryName: repositoryOf(call),
      uploadId: textOf(uploadId),
      lastByteReceived: upload.length - 1,
    });
  }

  private complete(call: Call): GatewayResponse {
    const { uploadId, layerDigests } = jsonOf(call);
    const upload = this.uploads.get(textOf(uploadId));
    if (upload?.repository !== repositoryKey(call)) return noUpload(uploadId);
    if (upload.length === 0) return failure("EmptyUploadException", "the upload has no parts");
    const content = Buffer.concat(upload.parts);
    const layerDigest = digestOf(content);
    if (!listOf(layerDigests).includes(layerDigest))
      return failure("InvalidLayerException", `the content has the digest ${layerDigest}`);
    this.uploads.delete(textOf(uploadId));
    const key = keyOf(call, layerDigest);
    if (this.stored.has(key)) return failure("LayerAlreadyExistsException", `the layer ${layerDigest} already exists`);
    this.stored.set(key, content);
    return jsonResponse({
      registryId: ACCOUNT,
      repositoryName: repositoryOf(call),
      uploadId: textOf(uploadId),
      layerDigest,
    });
  }

  private async put(call: Call, forward: Forward): Promise<GatewayResponse> {
    const request = jsonOf(call);
    const text = textOf(request["imageManifest"]);
    const imageDigest = digestOf(text);
    const given = textOf(request["imageDigest"]);
    if (given !== "" && given !== imageDigest)
      return failure("ImageDigestDoesNotMatchException", `the manifest has the digest ${imageDigest}, not ${given}`);
    return (
      (await this.missing(call, jsonOf({ body: Buffer.from(text) }), forward)) ??
      forward(ecrCall(call, "PutImage", { ...request, imageDigest }))
    );
  }

  /** The error for a manifest that refers to something the repository does not contain; undefined without one. */
  private async missing(
    call: Call,
    { config, layers, manifests }: JsonObject,
    forward: Forward,
  ): Promise<GatewayResponse | undefined> {
    const digests = [config, ...listOf(layers)]
      .map(objectOf)
      .filter(({ digest, urls }) => digest !== undefined && urls === undefined)
      .map(({ digest }) => textOf(digest));
    const layer = digests.find((digest) => !this.stored.has(keyOf(call, digest)));
    if (layer !== undefined)
      return failure(
        "LayersNotFoundException",
        `The layer with digest '${layer}' required by the image does not exist`,
      );
    const imageIds = listOf(manifests).map((manifest) => ({ imageDigest: textOf(objectOf(manifest)["digest"]) }));
    if (imageIds.length === 0) return undefined;
    const request = { repositoryName: repositoryOf(call), imageIds };
    const found = jsonOf(await forward(ecrCall(call, "BatchGetImage", request)));
    return listOf(found["failures"]).length === 0
      ? undefined
      : failure("ReferencedImagesNotFoundException", "an image that the index refers to does not exist");
  }

  private async deleteRepository(call: Call, forward: Forward): Promise<GatewayResponse> {
    const response = await forward(call);
    const prefix = `${repositoryKey(call)}/sha256:`;
    if (response.status < 300)
      for (const key of this.stored.keys()) if (key.startsWith(prefix)) this.stored.delete(key);
    return response;
  }
}

function noUpload(uploadId: unknown): GatewayResponse {
  return failure("UploadNotFoundException", `the repository has no upload ${String(uploadId)}`);
}

function repositoryOf(call: Call): string {
  return textOf(jsonOf(call)["repositoryName"]);
}

function repositoryKey(call: Call): string {
  return `${call.region}/${repositoryOf(call)}`;
}

function keyOf(call: Call, digest: string): string {
  return `${repositoryKey(call)}/${digest}`;
}
