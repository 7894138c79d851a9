import { Files } from "@groundwork/constructs/boot/parts/files";
import { Units } from "@groundwork/constructs/boot/parts/units";
import { BOO002, BOO010, BOO011 } from "@groundwork/constructs/boot/rules";
import { Artifacts } from "@groundwork/constructs/gitlab/pipeline/artifacts";
import { Deployment } from "@groundwork/constructs/gitlab/pipeline/deployment";
import { Guard } from "@groundwork/constructs/gitlab/pipeline/guard";
import { Job } from "@groundwork/constructs/gitlab/pipeline/job";
import { Pipeline } from "@groundwork/constructs/gitlab/pipeline/pipeline";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site/site-pipeline";
import { GLB011, PIP016 } from "@groundwork/constructs/gitlab/rules";
import { GitLabConfiguration } from "@groundwork/constructs/gitlab/server/gitlab-configuration";
import { HairpinNat } from "@groundwork/constructs/kpaas/boot/hairpin-nat";
import { installHostBoot } from "@groundwork/constructs/kpaas/boot/install-host";
import { KPB001, KPB012, KPB013, KPB021 } from "@groundwork/constructs/kpaas/boot/rules";
import { Delivery, type DeliveryProps } from "@groundwork/constructs/kpaas/delivery/delivery";
import { Pipeline as PortalPipeline } from "@groundwork/constructs/kpaas/portal/pipeline";
import { Portal, type PortalProps } from "@groundwork/constructs/kpaas/portal/portal";
import { KPS022, KPS031, KPS034 } from "@groundwork/constructs/kpaas/rules";
import { parse } from "yaml";
import { hostProps } from "../support/kpaas-host";

describe("first-boot parts", () => {
  test.each([
    "//tmp/x",
    "/./tmp/x",
    "/tmp",
    "/etc//x",
    "/etc/./x",
    "/etc/x/..",
    "/etc/x\n",
    "/etc/x;",
    "/etc/x'",
    "etc/x",
  ])("reject the path %j", (path) => {
    expect(() => Files.text(path, "")).toViolate(BOO002, /absolute path outside \/tmp/);
  });

  test.each(["root:root\n", "root root", "root:", "$(id)"])("reject the owner %j", (owner) => {
    expect(() => Files.text("/etc/x", "", { owner })).toViolate(BOO002, /user:group/);
  });

  const unit = { description: "a unit", command: "/bin/true" };
  test.each([
    { description: "x\nExecStartPre=/bin/sh" },
    { description: "x\\" },
    { command: "/bin/true\nUser=x" },
    { command: "" },
    { user: "root\nX=y" },
    { settings: ["/etc/x\nUser=root"] },
    { after: ["x y"] },
    { lines: ["[Install]"] },
    { lines: ["A=b\nC=d"] },
  ])("reject the service %j", (props) => {
    expect(() => Units.service("web", { ...unit, ...props })).toViolate(BOO010);
  });

  test.each(["daily\nUnit=x", "$(id)", "", "*-*-* 02:00\\"])("reject the calendar %j", (calendar) => {
    expect(() => Units.timer("web", { description: "x", calendar })).toViolate(BOO010);
  });

  test("write percent signs of a description literally", () => {
    expect(Units.service("web", { ...unit, description: "100%" }).sections.files?.[0]?.text).toContain(
      "Description=100%%\n",
    );
  });
});

describe("pipelines", () => {
  const site = (props: Partial<Parameters<typeof sitePipeline>[0]>) => () =>
    sitePipeline({ region: "us-west-2", ...props });

  test.each([
    { bucketName: "a; rm -rf x" },
    { bucketName: "$(id)" },
    { bucketName: "${A:-$(id)}" },
    { distributionId: "E1 --paths x" },
    { distributionId: "`id`" },
    { region: "us-west-2; id" },
    { region: "" },
    { folder: "" },
    { folder: ".." },
    { folder: "/" },
  ])("of a site reject %j", (props) => {
    expect(site(props)).toViolate(PIP016);
  });

  test("of a site quote folders and patterns", () => {
    const text = site({ folder: "it's $(id)" })().render();
    const { deploy } = parse(text) as { readonly deploy: { readonly script: readonly string[] } };
    expect(deploy.script).toContain(`test -s 'it'\\''s $(id)/index.html'`);
  });

  test("reject a guard without files and with another name than that of a variable", () => {
    expect(() => Guard.file("")).toViolate(PIP016);
    expect(() => Guard.files("public", 0)).toViolate(PIP016, /above zero/);
  });

  test.each(["production\nx", "a;b", "`id`", ""])("reject the environment %j", (environment) => {
    expect(() => Deployment.to(environment)).toViolate(PIP016, /letters, digits/);
  });

  const job = (name: string, artifact: string) =>
    Job.of(name, { stage: "build", script: ["true"], artifacts: Artifacts.of([artifact]) });
  test.each(["\u2028", "\u0085", "\u0000", "\u001b", "\ufeff"])("reject a text with %j", (character) => {
    for (const jobs of [[job(`a${character}`, "x")], [job("a", `x${character}`)]] as const)
      expect(() => Pipeline.of({ stages: ["build"], jobs: [...jobs] as [Job] })).toViolate(
        PIP016,
        /control characters/,
      );
    const variables = { NAME: `x${character}` };
    expect(() => Pipeline.of({ stages: ["build"], variables, jobs: [job("a", "x")] })).toViolate(PIP016);
  });

  test.each(["\n", "\r", "\u2028", "\u0085"])("write a description with %j as a comment", (end) => {
    const text = Pipeline.of({ description: `x${end}evil: {}`, stages: ["build"], jobs: [job("a", "x")] }).render();
    expect(text.split(/[\n\r\u2028\u0085]/).find((line) => line.includes("evil"))).toMatch(/^# /);
    expect(parse(text)).not.toHaveProperty("evil");
  });

  test.each([
    "https://git.example.com/x.git?private_token=a",
    "https://git.example.com/x#y",
    "https://a@b/x",
    "https://h/ x",
  ])("import no project from %s", (importUrl) => {
    const props = { group: "lab", project: "site", runnerTokenParameter: "/a/b", importUrl };
    expect(() => GitLabConfiguration.of(props)).toViolate(GLB011, /private_token/);
  });
});

describe("K-PaaS", () => {
  const delivery = (props: Partial<DeliveryProps>) => () =>
    Delivery.of({
      application: "music",
      repository: { url: "https://github.com/example/music", branch: "main" },
      registry: { host: "harbor.example.com", project: "lab" },
      target: { cluster: "lab", nodePort: 30088 },
      ...props,
    });

  test.each(["a' 'b", "x\nRUN id", "a b", "$(id)", "-x"])("rejects the base image %j", (baseImage) => {
    expect(delivery({ baseImage })).toViolate(KPS031);
  });

  test.each([
    { registry: { host: "harbor.example.com; id", project: "lab" } },
    { registry: { host: "-x", project: "lab" } },
    { registry: { host: "harbor.example.com", project: "$(id)" } },
    { target: { cluster: "lab\n## x", nodePort: 30088 } },
    { quality: { profile: "x\ny", gate: "z" } },
    { quality: { profile: "x", gate: "" } },
  ])("rejects the delivery with %j", (props) => {
    expect(delivery(props)).toViolate(KPS034);
  });

  const portal = (props: Partial<PortalProps>) => () =>
    Portal.of({ cloud: "nhn", masterAddress: "198.51.100.7", hostDomain: "198.51.100.8.nip.io", ...props });
  test.each([
    { masterAddress: "$(touch x)" },
    { masterAddress: "198.51.100.7 " },
    { masterAddress: "" },
    { apiServer: "https://$(id):6443" },
    { apiServer: "http://198.51.100.7:6443" },
    { cloud: "toString" as "nhn" },
  ])("rejects the portal with %j", (props) => {
    expect(portal(props)).toViolate(KPB013);
  });

  test.each(["http://x/y", "file:///x", "--x", "https://u:p@x/y", "https://x/$(id)", "https://x/y\n"])(
    "downloads nothing from %j",
    (archive) => {
      expect(portal({ archive })).toViolate(BOO011, /https/);
      expect(() => PortalPipeline.of({ archive })).toViolate(BOO011, /https/);
    },
  );

  test.each(["", "0", "A".repeat(64), `${"0".repeat(64)}\n`])("rejects the checksum %j", (sha256) => {
    expect(portal({ sha256 })).toViolate(BOO011, /sha256sum/);
    expect(() => PortalPipeline.of({ sha256 })).toViolate(KPB021);
  });

  test.each([
    { repository: "--upload-pack=touch x" },
    { repository: "ext::sh -c id" },
    { repository: "http://github.com/x/y.git" },
  ])("rejects the installer's source %j", (release) => {
    const host = hostProps("0");
    expect(() => installHostBoot({ ...host, release: { ...host.release, ...release } })).toViolate(BOO011);
  });

  test.each([{ tag: "--config=x" }, { tag: "v1 x" }, { commit: "HEAD" }, { commit: "" }])(
    "rejects the installer's version %j",
    (release) => {
      const host = hostProps("0");
      expect(() => installHostBoot({ ...host, release: { ...host.release, ...release } })).toViolate(KPB012);
    },
  );

  test("rejects text after an address and in names of /etc/hosts", () => {
    const node = { name: "a", address: "10.0.0.1" };
    expect(() => HairpinNat.of({ node, publicAddress: "0.0.0.0/0 -j ACCEPT #" })).toViolate(KPS022);
    expect(() =>
      HairpinNat.of({ node, ingress: { address: "10.0.0.2", publicAddress: "1.2.3.4 -j ACCEPT" } }),
    ).toViolate(KPS022);
    for (const entry of [
      { ...node, name: "a b" },
      { ...node, address: "10.0.0.1 x" },
    ])
      expect(() => installHostBoot({ ...hostProps("0"), hostEntries: [entry] })).toViolate(KPB001, /\/|192/);
  });
});
