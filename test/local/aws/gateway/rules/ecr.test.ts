import { createHash } from "node:crypto";
import { type JsonObject, jsonOf, jsonResponse, listOf } from "@groundwork/local/aws/gateway/response";
import { ecrLayers } from "@groundwork/local/aws/gateway/rules/ecr-layers";
import { ecrScan } from "@groundwork/local/aws/gateway/rules/ecr-scan";
import type { Forward } from "@groundwork/local/aws/gateway/call";
import { callTo, textOf } from "../support";

const LAYER = "a layer";
const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const TARGET = "AmazonEC2ContainerRegistry_V20150921";

const ecrRequest = (action: string, body: JsonObject) =>
  callTo("ecr", {
    headers: { "x-amz-target": `${TARGET}.${action}`, host: "127.0.0.1:4566" },
    body: JSON.stringify({ repositoryName: "demo", ...body }),
  });

/** A registry that has every repository and image, and records what reaches it. */
function emulator(responses: Readonly<Record<string, JsonObject>> = {}) {
  const received: (readonly [action: string, body: JsonObject])[] = [];
  const forward: Forward = (call) => {
    received.push([call.action, jsonOf(call)]);
    return Promise.resolve(jsonResponse(responses[call.action] ?? {}));
  };
  return { received, forward };
}

describe("layers of images in the local cloud", () => {
  const client = (forward: Forward) => {
    const rule = ecrLayers();
    return {
      send: async (action: string, body: JsonObject = {}) =>
        jsonOf(await rule.handle(ecrRequest(action, body), forward)),
      get: async (url: string) => {
        const call = callTo("", { url: url.replace(/^http:\/\/[^/]+/, ""), method: "GET" });
        expect(rule.applies(call)).toBe(true);
        return rule.handle(call, forward);
      },
    };
  };
  type Send = ReturnType<typeof client>["send"];

  async function upload(send: Send, text: string, digest = digestOf(text)): Promise<JsonObject> {
    const { uploadId = "" } = await send("InitiateLayerUpload");
    const [first, second] = [text.slice(0, 3), text.slice(3)].map((part) => Buffer.from(part).toString("base64"));
    await send("UploadLayerPart", { uploadId, partFirstByte: 0, partLastByte: 2, layerPartBlob: first });
    const part = { uploadId, partFirstByte: 3, partLastByte: text.length - 1, layerPartBlob: second };
    expect(await send("UploadLayerPart", part)).toMatchObject({ lastByteReceived: text.length - 1 });
    return send("CompleteLayerUpload", { uploadId, layerDigests: [digest] });
  }

  test("are uploaded in parts, found, and downloaded from a signed address", async () => {
    const { send, get } = client(emulator().forward);
    expect(await upload(send, LAYER)).toMatchObject({ layerDigest: digestOf(LAYER) });
    expect(await upload(send, LAYER)).toMatchObject({ __type: "LayerAlreadyExistsException" });
    const { layers } = await send("BatchCheckLayerAvailability", { layerDigests: [digestOf(LAYER), digestOf("b")] });
    expect(layers).toMatchObject([{ layerAvailability: "AVAILABLE" }, { layerAvailability: "UNAVAILABLE" }]);
    const other = { repositoryName: "other", layerDigests: [digestOf(LAYER)] };
    expect((await send("BatchCheckLayerAvailability", other))["layers"]).toMatchObject([
      { layerAvailability: "UNAVAILABLE" },
    ]);
    const { downloadUrl } = await send("GetDownloadUrlForLayer", { layerDigest: digestOf(LAYER) });
    expect(textOf(await get(String(downloadUrl)))).toBe(LAYER);
    expect((await get(String(downloadUrl).replace("demo", "other"))).status).toBe(404);
    expect(await send("GetDownloadUrlForLayer", { layerDigest: digestOf("b") })).toMatchObject({
      __type: "LayersNotFoundException",
    });
  });

  test("are rejected with another digest, with a gap, and without an upload", async () => {
    const { send } = client(emulator().forward);
    expect(await upload(send, LAYER, digestOf("b"))).toMatchObject({ __type: "InvalidLayerException" });
    const { uploadId = "" } = await send("InitiateLayerUpload");
    const part = { uploadId, partFirstByte: 5, partLastByte: 5, layerPartBlob: "YQ==" };
    expect(await send("UploadLayerPart", part)).toMatchObject({ __type: "InvalidLayerPartException" });
    expect(await send("CompleteLayerUpload", { uploadId, layerDigests: [] })).toMatchObject({
      __type: "EmptyUploadException",
    });
    expect(await send("UploadLayerPart", { ...part, uploadId: "other" })).toMatchObject({
      __type: "UploadNotFoundException",
    });
  });

  test("must exist before a manifest refers to them, which then has the digest of its text", async () => {
    const { received, forward } = emulator();
    const { send } = client(forward);
    const imageManifest = JSON.stringify({
      config: { digest: digestOf(LAYER) },
      layers: [{ digest: "x", urls: ["y"] }],
    });
    expect(await send("PutImage", { imageManifest })).toMatchObject({ __type: "LayersNotFoundException" });
    await upload(send, LAYER);
    expect(await send("PutImage", { imageManifest, imageDigest: digestOf("b") })).toMatchObject({
      __type: "ImageDigestDoesNotMatchException",
    });
    await send("PutImage", { imageManifest });
    expect(received.at(-1)).toEqual([
      "PutImage",
      { repositoryName: "demo", imageManifest, imageDigest: digestOf(imageManifest) },
    ]);
  });

  test("an index is accepted when its images exist", async () => {
    const imageManifest = JSON.stringify({ manifests: [{ digest: digestOf("image") }] });
    const missing = client(emulator({ BatchGetImage: { failures: [{}] } }).forward);
    expect(await missing.send("PutImage", { imageManifest })).toMatchObject({
      __type: "ReferencedImagesNotFoundException",
    });
    const { received, forward } = emulator();
    await client(forward).send("PutImage", { imageManifest });
    expect(received.map(([action]) => action)).toEqual(["BatchGetImage", "PutImage"]);
  });

  test("are deleted with their repository", async () => {
    const { send } = client(emulator().forward);
    await upload(send, LAYER);
    await send("DeleteRepository");
    const { layers } = await send("BatchCheckLayerAvailability", { layerDigests: [digestOf(LAYER)] });
    expect(layers).toMatchObject([{ layerAvailability: "UNAVAILABLE" }]);
  });
});

describe("scans in the local cloud", () => {
  const scan = async (scanOnPush: boolean) => {
    const repositories = [{ imageScanningConfiguration: { scanOnPush } }];
    const call = ecrRequest("DescribeImageScanFindings", { imageId: { imageDigest: digestOf(LAYER) } });
    expect(ecrScan.applies(call)).toBe(true);
    return jsonOf(await ecrScan.handle(call, emulator({ DescribeRepositories: { repositories } }).forward));
  };

  test("are complete without findings in a repository that scans, and missing in another one", async () => {
    const complete = await scan(true);
    expect(complete).toMatchObject({ imageScanStatus: { status: "COMPLETE" } });
    expect(listOf(complete["findings"])).toEqual([]);
    expect(await scan(false)).toMatchObject({ __type: "ScanNotFoundException" });
  });
});
