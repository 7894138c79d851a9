import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Call, type Forward, readCall } from "@groundwork/local/aws/gateway/call";
import {
  failure,
  type JsonObject,
  jsonOf,
  jsonResponse,
  listOf,
  objectOf,
  textOf,
} from "@groundwork/local/aws/gateway/response";
import { through } from "@groundwork/local/aws/gateway/rule";
import { ecrLayers } from "@groundwork/local/aws/gateway/rules/ecr-layers";
import { ecrScan } from "@groundwork/local/aws/gateway/rules/ecr-scan";

interface StoredImage {
  readonly digest: string;
  readonly text: string;
  readonly mediaType: string;
  readonly tags: Set<string>;
}

export const sha256 = (content: string): string => `sha256:${createHash("sha256").update(content).digest("hex")}`;

/** An ECR on a loopback address: images in memory, behind the gateway's rules for layers and scans. */
export class TestRegistry {
  /** Operations in order, such as `PutImage production/flask`. */
  readonly operations: string[] = [];
  /** Responses to operations instead of the usual ones. */
  readonly responses: Record<string, (call: Call) => JsonObject | undefined> = {};
  private readonly repositories = new Map<string, { readonly mutability: string; readonly images: StoredImage[] }>();
  private readonly handle: Forward = through([ecrScan, ecrLayers()], (call) => Promise.resolve(this.respond(call)));
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "GET", url = "/", headers } = request;
      const call = readCall({ method, url, headers, body: Buffer.concat(chunks) });
      const name = textOf(jsonOf(call)["repositoryName"]);
      this.operations.push(`${call.action === "" ? "download" : call.action} ${name}`.trim());
      const own = this.responses[call.action]?.(call);
      const result = own === undefined ? this.handle(call) : Promise.resolve(jsonResponse(own));
      void result.then(({ status, headers: own, body }) => response.writeHead(status, own).end(body));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  addRepository(name: string, mutability: "MUTABLE" | "IMMUTABLE"): void {
    this.repositories.set(name, { mutability, images: [] });
  }

  /** Digests by tag. */
  tagsOf(name: string): Readonly<Record<string, string>> {
    const images = this.repositories.get(name)?.images ?? [];
    return Object.fromEntries(images.flatMap(({ tags, digest }) => [...tags].map((tag) => [tag, digest])));
  }

  digestsOf(name: string): readonly string[] {
    return (this.repositories.get(name)?.images ?? []).map(({ digest }) => digest);
  }

  private respond(call: Call) {
    const request = jsonOf(call);
    if (call.action === "DescribeRepositories") {
      const [name] = listOf(request["repositoryNames"]);
      const repository = this.repositories.get(textOf(name));
      if (repository === undefined) return failure("RepositoryNotFoundException", "no repository");
      const imageScanningConfiguration = { scanOnPush: true };
      const { mutability: imageTagMutability } = repository;
      return jsonResponse({ repositories: [{ imageTagMutability, imageScanningConfiguration }] });
    }
    const repository = this.repositories.get(textOf(request["repositoryName"]));
    if (repository === undefined) return failure("RepositoryNotFoundException", "no repository");
    const find = ({ imageDigest, imageTag }: JsonObject) =>
      repository.images.find(({ digest, tags }) => digest === imageDigest || tags.has(textOf(imageTag)));
    const ids = listOf(request["imageIds"]).map(objectOf);
    switch (call.action) {
      case "DescribeImages": {
        const image = find(ids[0] ?? {});
        if (image === undefined) return failure("ImageNotFoundException", "no image");
        return jsonResponse({ imageDetails: [{ imageDigest: image.digest, imageTags: [...image.tags] }] });
      }
      case "BatchGetImage": {
        const images = ids
          .flatMap((id) => find(id) ?? [])
          .map(({ digest, text, mediaType }) => ({
            imageId: { imageDigest: digest },
            imageManifest: text,
            imageManifestMediaType: mediaType,
          }));
        const failures = ids.filter((id) => find(id) === undefined).map((imageId) => ({ imageId }));
        return jsonResponse({ images, failures });
      }
      case "PutImage": {
        const digest = textOf(request["imageDigest"]);
        const text = textOf(request["imageManifest"]);
        const mediaType = textOf(request["imageManifestMediaType"]);
        const image = find({ imageDigest: digest }) ?? { digest, text, mediaType, tags: new Set<string>() };
        if (!repository.images.includes(image)) repository.images.push(image);
        const tag = textOf(request["imageTag"]);
        for (const { tags } of repository.images) tags.delete(tag);
        if (tag !== "") image.tags.add(tag);
        return jsonResponse({ image: { imageId: { imageDigest: digest } } });
      }
      default:
        return failure("InvalidParameterException", call.action);
    }
  }
}
