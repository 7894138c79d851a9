import { type JsonObject, listOf, objectOf, textOf } from "../http/json";
import type { EmulatedImage } from "./gateway/rules/codebuild/emulated-image";

/** Sends an operation to the emulated registry. Returns the body of the response, which has a `__type` for an error. */
export type RegistryCall = (action: string, body: JsonObject) => Promise<JsonObject>;

/** Pushes an image as clients do: missing layers, then the manifest. Returns the error of the registry; undefined without one. */
export async function pushImage(send: RegistryCall, image: EmulatedImage): Promise<string | undefined> {
  const { repository: repositoryName, tag: imageTag, manifest: imageManifest, digest: imageDigest, layers } = image;
  const layerDigests = layers.map(({ digest }) => digest);
  const found = await send("BatchCheckLayerAvailability", { repositoryName, layerDigests });
  const available = listOf(found["layers"])
    .map(objectOf)
    .filter(({ layerAvailability }) => layerAvailability === "AVAILABLE")
    .map(({ layerDigest }) => layerDigest);
  for (const { digest, content } of layers.filter((layer) => !available.includes(layer.digest))) {
    const { uploadId = "" } = await send("InitiateLayerUpload", { repositoryName });
    const bytes = Buffer.from(content);
    const part = { partFirstByte: 0, partLastByte: bytes.length - 1, layerPartBlob: bytes.toString("base64") };
    await send("UploadLayerPart", { repositoryName, uploadId, ...part });
    await send("CompleteLayerUpload", { repositoryName, uploadId, layerDigests: [digest] });
  }
  const pushed = await send("PutImage", { repositoryName, imageTag, imageManifest, imageDigest });
  return pushed["__type"] === undefined ? undefined : textOf(pushed["message"]);
}
