import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsSession } from "@groundwork/cli/aws/aws-session";
import { lockFile, readLock, writeLock } from "@groundwork/cli/images/image-lock";
import { type PromoteCommand, promoteCommand } from "@groundwork/cli/images/promotion/command";
import { EcrRepository } from "@groundwork/cli/images/promotion/ecr-repository";
import { recordCommand } from "@groundwork/cli/images/promotion/record";
import { synthesizedApp } from "../../../support/synthesized-app";
import { sha256, TestRegistry } from "./registry";

const REGION = "ap-northeast-2";
const ACCOUNT = "111122223333";
const IMAGE = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";

const provider = { aws: [{ region: REGION, allowed_account_ids: [ACCOUNT] }] };
const lookUp = (path: string, repository_name: string, image_tag: string) => ({
  "//": { metadata: { path: `stack/${path}/Resource` } },
  repository_name,
  image_tag,
});
const output = synthesizedApp({
  "lab-eks-workloads": {
    provider,
    data: { aws_ecr_image: { Flask: lookUp("FlaskImagesDigest", "demo-flask", "latest") } },
  },
  "production-eks": {
    provider,
    resource: { aws_eks_node_group: { Nodes: { ami_type: "AL2023_ARM_64_STANDARD" } } },
  },
  "production-eks-workloads": {
    provider,
    data: {
      aws_ecr_image: {
        Flask: lookUp("FlaskImagesDigest", "production/flask", "1.0.0"),
        Node: lookUp("NodeImagesDigest", "production/node", "1.0.0"),
      },
    },
  },
  "stage-eks-workloads": {
    provider,
    data: { aws_ecr_image: { Flask: lookUp("FlaskImagesDigest", "demo-flask", "stage") } },
  },
  "amd-eks": { provider, resource: { aws_eks_node_group: { Nodes: { ami_type: "AL2023_x86_64_STANDARD" } } } },
  "amd-eks-workloads": {
    provider,
    data: { aws_ecr_image: { Flask: lookUp("FlaskImagesDigest", "amd/flask", "1.0.0") } },
  },
  "empty-eks": { provider },
});
afterAll(() => {
  rmSync(output, { recursive: true });
});

describe("groundwork images promote", () => {
  let registry: TestRegistry;
  let endpoint: string;
  let project: string;
  let lines: string[];
  let printed: string[];
  let digest: string;
  const { signal } = new AbortController();

  beforeEach(async () => {
    registry = new TestRegistry();
    endpoint = await registry.start();
    project = mkdtempSync(join(tmpdir(), "groundwork-promote-"));
    lines = [];
    printed = [];
    registry.addRepository("demo-flask", "MUTABLE");
    registry.addRepository("production/flask", "IMMUTABLE");
    registry.addRepository("amd/flask", "MUTABLE");
    digest = await push("one");
  });

  afterEach(() => {
    registry.stop();
    rmSync(project, { recursive: true });
  });

  /** Pushes an index with an image for arm64 and its attestation to the lab, as a build does. */
  async function push(content: string): Promise<string> {
    const session = new AwsSession(REGION, endpoint);
    const repository = new EcrRepository(session, "demo-flask");
    const upload = async (text: string) => {
      const layer = { digest: sha256(text), size: text.length };
      if ((await repository.missingLayers([layer.digest])).length > 0)
        await repository.upload(layer.digest, chunks(text));
      return layer;
    };
    const add = async (value: object, mediaType: string, tag?: string) => {
      const text = JSON.stringify(value);
      const manifest = { digest: sha256(text), text, mediaType };
      expect(await repository.putManifest(manifest, tag)).toBe(manifest.digest);
      return manifest.digest;
    };
    const layers = [await upload("base"), await upload(content)];
    const image = await add({ mediaType: IMAGE, config: await upload(`config ${content}`), layers }, IMAGE);
    const attestation = await add({ mediaType: IMAGE, config: await upload("attestation"), layers: [] }, IMAGE);
    const manifests = [
      { digest: image, platform: { os: "linux", architecture: "arm64" } },
      { digest: attestation, platform: { os: "unknown", architecture: "unknown" } },
    ];
    const index = await add({ mediaType: INDEX, manifests }, INDEX, "latest");
    session.destroy();
    const revision = "ca9e9d4566bdb757fa5dd31c402c15629962c364";
    const date = "2026-01-01T00:00:00.000Z";
    const locked = { tag: "latest", digest: index, source: "https://example.com/flask.git", revision, date };
    writeLock(lockFile(project, "lab"), { "demo-flask": locked });
    registry.operations.length = 0;
    return index;
  }

  async function* chunks(text: string): AsyncIterable<Uint8Array> {
    yield* await Promise.resolve([Buffer.from(text.slice(0, 1)), Buffer.from(text.slice(1))]);
  }

  const promote = (command: Partial<PromoteCommand> = {}) => {
    const log = (text: string | readonly string[]) => lines.push(...[text].flat());
    const out = (text: string | readonly string[]) => printed.push(...[text].flat());
    const all = { from: "lab", to: "production", service: "flask", accepted: [], withoutScan: false };
    return promoteCommand({ ...all, project, output, endpoint, ...command }, { out, log }, signal);
  };

  const count = (operation: string) => registry.operations.filter((one) => one.startsWith(operation)).length;

  test("copies an index with its images and layers, then the tag, and records where it comes from", async () => {
    expect(await promote({ json: true })).toBe(0);
    expect(registry.tagsOf("production/flask")).toEqual({ "1.0.0": digest });
    expect([...registry.digestsOf("production/flask")].sort()).toEqual([...registry.digestsOf("demo-flask")].sort());
    expect(readLock(lockFile(project, "production"))).toEqual({
      "production/flask": {
        ...readLock(lockFile(project, "lab"))["demo-flask"],
        tag: "1.0.0",
        promotedFrom: "lab:demo-flask",
      },
    });
    expect(count("CompleteLayerUpload production/flask")).toBe(4);
    expect(lines[0]).toBe(`demo-flask@${digest}: the scan has no findings`);
    expect(JSON.parse(printed.join("\n"))).toMatchObject([{ state: "promoted", digest, tag: "1.0.0" }]);
  });

  test("does nothing the second time, and copies only the new layers of the next image", async () => {
    await promote();
    const locked = readFileSync(lockFile(project, "production"), "utf8");
    registry.operations.length = 0;
    expect(await promote()).toBe(0);
    expect(registry.operations).toEqual(["DescribeImages production/flask"]);
    expect(readFileSync(lockFile(project, "production"), "utf8")).toBe(locked);

    const next = await push("two");
    await expect(promote()).rejects.toThrow(/production\/flask:1.0.0 is sha256:.*immutable; set another tag/);
    expect(registry.tagsOf("production/flask")).toEqual({ "1.0.0": digest });
    await promote({ to: "stage" });
    expect(registry.tagsOf("demo-flask")).toMatchObject({ stage: next });
  });

  test("writes only a tag within one repository", async () => {
    expect(await promote({ to: "stage" })).toBe(0);
    expect(registry.tagsOf("demo-flask")).toEqual({ latest: digest, stage: digest });
    expect([count("PutImage"), count("InitiateLayerUpload"), count("download")]).toEqual([1, 0, 0]);
  });

  test("leaves no tag and no record when a layer changes on the way, and completes the copy the next time", async () => {
    registry.responses[""] = () => ({ changed: true });
    await expect(promote()).rejects.toThrow(/the layer sha256:.* arrived as sha256:/);
    expect(registry.digestsOf("production/flask")).toEqual([]);
    expect(existsSync(lockFile(project, "production"))).toBe(false);
    delete registry.responses[""];
    expect(await promote()).toBe(0);
    expect(registry.tagsOf("production/flask")).toEqual({ "1.0.0": digest });
  });

  test("shows findings by severity, and requires each critical one by its name", async () => {
    const finding = (name: string, severity: string) => ({
      name,
      severity,
      attributes: [
        { key: "package_name", value: "openssl" },
        { key: "package_version", value: "3.0.1" },
      ],
    });
    registry.responses["DescribeImageScanFindings"] = (call) => {
      const isSecond = call.body.toString().includes("next");
      const findings = isSecond ? [finding("CVE-2026-2", "CRITICAL")] : [finding("CVE-2026-1", "LOW")];
      return {
        imageScanStatus: { status: "COMPLETE" },
        imageScanFindings: { findings },
        ...(isSecond ? {} : { nextToken: "next" }),
      };
    };
    await expect(promote()).rejects.toThrow(/critical findings; .*: --accept CVE-2026-2$/);
    expect(lines).toEqual([
      `demo-flask@${digest}: 1 critical, 1 low`,
      "  critical      CVE-2026-2 openssl 3.0.1",
      "  low           CVE-2026-1 openssl 3.0.1",
    ]);
    expect(registry.digestsOf("production/flask")).toEqual([]);
    expect(await promote({ accepted: ["CVE-2026-2"] })).toBe(0);
    expect(lines).toContain("  critical      CVE-2026-2 openssl 3.0.1 (accepted)");
  });

  test.each([
    ["IN_PROGRESS", /the scan is in progress; run the command again/],
    ["UNSUPPORTED_IMAGE", /there is no scan \(UNSUPPORTED_IMAGE\)/],
  ])("does not promote an image whose scan is %s, except without a scan", async (status, message) => {
    registry.responses["DescribeImageScanFindings"] = () => ({ imageScanStatus: { status } });
    await expect(promote()).rejects.toThrow(message);
    expect(registry.digestsOf("production/flask")).toEqual([]);
    expect(await promote({ withoutScan: true })).toBe(0);
  });

  test("promotes an image that a pipeline has pushed and recorded", async () => {
    rmSync(lockFile(project, "lab"));
    const [source, revision] = ["https://example.com/flask.git", "ca9e9d4566bdb757fa5dd31c402c15629962c364"];
    const log = (text: string | readonly string[]) => lines.push(...[text].flat());
    const record = (
      changes: { readonly digest?: string; readonly service?: string; readonly revision?: string } = {},
    ) =>
      recordCommand(
        { environment: "lab", service: "flask", digest, source, revision, project, output, endpoint, ...changes },
        log,
        signal,
      );
    await expect(record({ digest: `sha256:${"0".repeat(64)}` })).rejects.toThrow(
      `demo-flask:latest is ${digest}, not sha256:${"0".repeat(64)}; push the image with this tag first`,
    );
    await expect(record({ digest: "latest" })).rejects.toThrow(/"latest" is no digest; it is sha256: and 64/);
    await expect(record({ revision: "main" })).rejects.toThrow(/"main" is no complete commit hash/);
    expect(await record()).toBe(0);
    const locked = readFileSync(lockFile(project, "lab"), "utf8");
    expect(readLock(lockFile(project, "lab"))).toMatchObject({ "demo-flask": { tag: "latest", digest, revision } });
    expect(await record()).toBe(0);
    expect(readFileSync(lockFile(project, "lab"), "utf8")).toBe(locked);
    expect(await promote()).toBe(0);
  });

  test("rejects an image that the nodes cannot run", async () => {
    await expect(promote({ to: "amd" })).rejects.toThrow(/an image for linux\/arm64, the nodes are linux\/amd64/);
  });

  test("rejects services without an image, unknown services and environments, and changes nothing", async () => {
    await expect(promote({ service: undefined })).rejects.toThrow(
      "Node: lab has no image from a repository for this service; push it to production/node, and promote the others with --service",
    );
    await expect(promote({ service: "java" })).rejects.toThrow(
      'no service or repository with "java" in its name; known: Flask (production/flask), Node (production/node)',
    );
    await expect(promote({ to: "lab" })).rejects.toThrow(/"lab" is both environments/);
    await expect(promote({ to: "empty" })).rejects.toThrow(/no stack of empty looks up an image/);
    rmSync(lockFile(project, "lab"));
    await expect(promote()).rejects.toThrow(/has no image of demo-flask; run npx groundwork images build lab/);
    expect(count("PutImage")).toBe(0);
  });

  test("reports a repository that is not deployed, and an image that was deleted", async () => {
    await expect(promote({ service: "flask", to: "production", from: "stage" })).rejects.toThrow(
      /images\/stage.lock.json has no image of demo-flask/,
    );
    const file = lockFile(project, "lab");
    const { "demo-flask": image } = readLock(file);
    if (image === undefined) throw new Error("no image");
    writeLock(file, { "demo-flask": { ...image, digest: `sha256:${"0".repeat(64)}` } });
    await expect(promote()).rejects.toThrow(/does not exist any more; build it again/);
    const repository = new EcrRepository(new AwsSession(REGION, endpoint), "other", ACCOUNT);
    await expect(repository.digestOf("1")).rejects.toThrow(
      `account ${ACCOUNT} has no repository other in ${REGION}; deploy it first`,
    );
  });
});
