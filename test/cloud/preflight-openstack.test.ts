import { PRODUCTION_QUOTAS } from "../support/production-quotas";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preflight } from "@groundwork/cli/preflight/command";
import type { CloudResults } from "@groundwork/cli/preflight/report";
import { CREDENTIALS, NHN, STANDARD } from "@groundwork/local/openstack/account";
import { OpenStackEmulator } from "@groundwork/local/openstack/server";
import { SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { synth } from "./support/synth";

type Body = Readonly<Record<string, unknown>>;

/** Responses of the cloud in place of the emulator's: by the end of the path. */
type Replaced = Readonly<Record<string, readonly [status: number, body: Body]>>;

/** The emulator behind a server that can replace single responses, for what an operator has configured differently. */
class Clouds {
  private readonly emulator = new OpenStackEmulator(() => undefined);
  private readonly inner = this.emulator.createServer();
  private readonly server: Server;
  private replaced: Replaced = {};
  readonly directory = mkdtempSync(join(tmpdir(), "groundwork-preflight-"));

  constructor() {
    this.server = createServer((request, response) => {
      this.serve(request, response);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
    rmSync(this.directory, { recursive: true, force: true });
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get env(): NodeJS.ProcessEnv {
    return {
      TF_VAR_local_openstack_endpoint: this.address,
      TF_VAR_local_openstack_auth_url: `${this.address}${STANDARD.identity}`,
      OS_USERNAME: CREDENTIALS.username,
      OS_PASSWORD: CREDENTIALS.password,
      OS_TENANT_ID: CREDENTIALS.tenantId,
      OS_USER_DOMAIN_NAME: "Default",
    };
  }

  async reset(): Promise<void> {
    this.replaced = {};
    await this.post("/_emulator/reset", {});
  }

  replace(replaced: Replaced): void {
    this.replaced = replaced;
  }

  async post(path: string, body: object, token = ""): Promise<Body> {
    const headers = { "content-type": "application/json", "x-auth-token": token };
    const response = await fetch(`${this.address}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${text}`);
    return JSON.parse(text) as Body;
  }

  /** Creates an object in one of the clouds, as another user of the project would. */
  async create(cloud: "openstack" | "nhn", path: string, body: object): Promise<Body> {
    return this.post(path, body, await this.token(cloud));
  }

  private async token(cloud: "openstack" | "nhn"): Promise<string> {
    const { username, password, tenantId } = CREDENTIALS;
    if (cloud === "nhn") {
      const auth = { tenantId, passwordCredentials: { username, password } };
      const { access } = (await this.post(`${NHN.identity}/tokens`, { auth })) as { access: { token: { id: string } } };
      return access.token.id;
    }
    const user = { name: username, domain: { name: "Default" }, password };
    const auth = { identity: { methods: ["password"], password: { user } }, scope: { project: { id: tenantId } } };
    const response = await fetch(`${this.address}${STANDARD.identity}/auth/tokens`, {
      method: "POST",
      body: JSON.stringify({ auth }),
    });
    return response.headers.get("x-subject-token") ?? "";
  }

  /** Compares a stack, whose blocks can be changed, with the clouds. */
  async preflight(
    stack: SynthesizedStack,
    change: (config: Config) => void = () => undefined,
    env: NodeJS.ProcessEnv = {},
  ): Promise<CloudResults> {
    const directory = join(this.directory, `${stack.id}-${Math.random().toString(36).slice(2)}`);
    mkdirSync(directory);
    const config = structuredClone(stack.json) as unknown as Config;
    config.terraform.backend = { local: { path: "terraform.tfstate" } };
    change(config);
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(config));
    if (config.state !== undefined) writeFileSync(join(directory, "terraform.tfstate"), config.state);
    const changed = new SynthesizedStack(stack.id, directory);
    const [results] = await preflight([changed], { env: { ...this.env, ...env }, endpoint: undefined }, {});
    if (results === undefined) throw new Error(`${stack.id} has no cloud`);
    return results;
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const [, found] = Object.entries(this.replaced).find(([end]) => path.endsWith(end)) ?? [];
    if (found === undefined || request.method !== "GET") {
      this.inner.emit("request", request, response);
      return;
    }
    response.writeHead(found[0], { "content-type": "application/json" }).end(JSON.stringify(found[1]));
  }
}

interface Config {
  terraform: { backend: object };
  resource: Record<string, Record<string, Record<string, unknown>>>;
  data: Record<string, Record<string, Record<string, unknown>>>;
  state?: string;
}

const needed = ({ problems }: CloudResults) => problems.map((problem) => problem.needed);
const firstOf = (blocks: Record<string, Record<string, unknown>> | undefined) => Object.values(blocks ?? {})[0] ?? {};

const synthesized = mkdtempSync(join(tmpdir(), "groundwork-preflight-"));

/** The stacks of all environments, synthesized once. */
const stacks = (): readonly SynthesizedStack[] => {
  const output = join(synthesized, "cdktf.out");
  return existsSync(join(output, "manifest.json"))
    ? synthesizedStacks(output)
    : [...synth(synthesized, "local"), ...synthesizedStacks(output)];
};

function stackOf(id: string): SynthesizedStack {
  const stack = stacks().find((each) => each.id === id);
  if (stack === undefined) throw new Error(`no stack ${id}`);
  return stack;
}

afterAll(() => {
  rmSync(synthesized, { recursive: true, force: true });
});

describe("preflight of the OpenStack stacks on the emulator", () => {
  const clouds = new Clouds();
  let lab: SynthesizedStack;
  let production: SynthesizedStack;

  beforeAll(async () => {
    await clouds.start();
    lab = stackOf("local-openstack");
    production = withProvider(stackOf("production-openstack"), lab);
  });

  /** Production with the local cloud as its provider. */
  function withProvider(stack: SynthesizedStack, local: SynthesizedStack): SynthesizedStack {
    const directory = join(clouds.directory, "production");
    mkdirSync(directory, { recursive: true });
    const { provider, variable } = local.json;
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ ...stack.json, provider, variable }));
    return new SynthesizedStack(stack.id, directory);
  }

  afterAll(() => {
    clouds.stop();
  });

  beforeEach(() => clouds.reset());

  test("reports nothing for the lab in a new project", async () => {
    expect(await clouds.preflight(lab)).toMatchObject({
      problems: [],
      notChecked: [],
      passed: [
        "quotas of machines",
        "quotas of volumes",
        "quotas of networks",
        "flavors",
        "images",
        "external network",
        "existing names",
      ],
    });
  });

  test("reports the quotas that production exceeds, and nothing with those of the documentation", async () => {
    expect(needed(await clouds.preflight(production))).toEqual([
      "29 vCPUs",
      "116736 MiB of memory",
      "1120 GiB of volumes",
    ]);
    await clouds.post("/_emulator/quota", PRODUCTION_QUOTAS);
    expect((await clouds.preflight(production)).problems).toEqual([]);
  });

  test("counts what the project uses", async () => {
    for (const name of ["one", "two", "three"])
      await clouds.create("openstack", `${STANDARD.network}/v2.0/security-groups`, { security_group: { name } });
    expect((await clouds.preflight(lab)).problems).toMatchObject([
      { needed: "7 security groups", available: "the quota is 10, 4 of it in use" },
    ]);
    await clouds.reset();
    for (let count = 0; count < 6; count += 1)
      await clouds.create("openstack", `${STANDARD.volume}/volumes`, { volume: { size: 120 } });
    expect(needed(await clouds.preflight(lab))).toEqual(["5 volumes", "300 GiB of volumes"]);
  });

  test.each(["network", "subnet", "port", "router", "floatingip", "security_group", "security_group_rule"])(
    "reports an exceeded quota of Neutron: %s",
    async (key) => {
      clouds.replace({ "/details.json": [200, { quota: { [key]: { limit: 60, used: 60, reserved: 0 } } }] });
      const { problems } = await clouds.preflight(lab);
      expect(problems).toMatchObject([{ check: "quotas of networks", available: "the quota is 60, 60 of it in use" }]);
    },
  );

  test.each([
    ["maxTotalInstances", "totalInstancesUsed", "machines"],
    ["maxServerGroups", "totalServerGroupsUsed", "server groups"],
  ])("reports an exceeded quota of Nova: %s", async (most, used, label) => {
    clouds.replace({ "/v2.1/limits": [200, { limits: { absolute: { [most]: 1, [used]: 1 } } }] });
    expect((await clouds.preflight(production)).problems.map((problem) => problem.needed)).toContainEqual(
      expect.stringMatching(new RegExp(`^\\d+ ${label}$`)),
    );
  });

  test("reports a missing role for load balancers, and a quota of Octavia", async () => {
    await clouds.post("/_emulator/quota", PRODUCTION_QUOTAS);
    clouds.replace({ "/lbaas/loadbalancers": [403, {}], [`/lbaas/quotas/${CREDENTIALS.tenantId}`]: [403, {}] });
    const denied = await clouds.preflight(production);
    expect(denied.problems).toMatchObject([
      { needed: "the role load-balancer_member for load balancers", available: "the user has member" },
    ]);
    expect(denied.notChecked).toMatchObject([{ check: "quotas of load balancers" }]);
    clouds.replace({ [`/lbaas/quotas/${CREDENTIALS.tenantId}`]: [200, { quota: { load_balancer: 1 } }] });
    expect(needed(await clouds.preflight(production))).toEqual(["2 load balancers"]);
  });

  test("reports a flavor, an image, a volume type and a zone that the cloud does not have", async () => {
    const results = await clouds.preflight(lab, ({ data, resource }) => {
      firstOf(data["openstack_compute_flavor_v2"])["name"] = "m1.c2m9";
      firstOf(data["openstack_images_image_v2"])["name_regex"] = "^ubuntu-20\\.04";
      const machine = firstOf(resource["openstack_compute_instance_v2"]);
      machine["availability_zone"] = "moon";
      const [disk] = machine["block_device"] as Record<string, unknown>[];
      if (disk !== undefined) disk["volume_type"] = "fast";
    });
    expect(needed(results)).toEqual([
      'flavor "m1.c2m9"',
      "an image that matches ^ubuntu-20\\.04",
      'volume type "fast"',
      'availability zone "moon" for machines',
    ]);
  });

  test("reports a root disk that is smaller than the image", async () => {
    const results = await clouds.preflight(lab, ({ resource }) => {
      const [disk] = firstOf(resource["openstack_compute_instance_v2"])["block_device"] as Record<string, unknown>[];
      if (disk !== undefined) disk["volume_size"] = 10;
    });
    expect(results.problems).toMatchObject([{ check: "images", available: "the image needs 20 GiB" }]);
  });

  test("reports a missing external network, and two of them", async () => {
    const external = (name: string) => ({ id: name, name, "router:external": true });
    clouds.replace({ "/v2.0/networks": [200, { networks: [] }] });
    expect(needed(await clouds.preflight(lab))).toEqual(["an external network"]);
    clouds.replace({ "/v2.0/networks": [200, { networks: [external("a"), external("b")] }] });
    expect(needed(await clouds.preflight(lab))).toEqual(["exactly one external network"]);
  });

  test("reports existing names, unless they are in the state", async () => {
    const { name, public_key } = firstOf((lab.json as unknown as Config).resource["openstack_compute_keypair_v2"]);
    await clouds.create("openstack", `${STANDARD.compute}/os-keypairs`, { keypair: { name, public_key } });
    await clouds.create("openstack", `${STANDARD.network}/v2.0/networks`, {
      network: { name: firstOf((lab.json as unknown as Config).resource["openstack_networking_network_v2"])["name"] },
    });
    const { problems } = await clouds.preflight(lab);
    expect(problems.map((problem) => problem.needed)).toEqual([
      "key pair lab-operators",
      expect.stringMatching(/^network local-openstack-/),
    ]);
    const deployed = await clouds.preflight(lab, (config) => {
      const resources = Object.entries(config.resource).flatMap(([type, blocks]) =>
        Object.keys(blocks).map((name) => ({ mode: "managed", type, name, instances: [{ attributes: blocks[name] }] })),
      );
      config.state = JSON.stringify({ version: 4, resources });
    });
    expect(deployed.problems).toEqual([]);
    expect(deployed.notChecked).toEqual([]);
  });

  test("reports an address that is in use in an existing subnet, and a floating IP that the project does not have", async () => {
    const { network } = (await clouds.create("openstack", `${STANDARD.network}/v2.0/networks`, {
      network: { name: "shared" },
    })) as { network: { id: string } };
    const { subnet } = (await clouds.create("openstack", `${STANDARD.network}/v2.0/subnets`, {
      subnet: { network_id: network.id, cidr: "10.9.0.0/24", ip_version: 4 },
    })) as { subnet: { id: string } };
    await clouds.create("openstack", `${STANDARD.network}/v2.0/ports`, {
      port: { network_id: network.id, fixed_ips: [{ subnet_id: subnet.id, ip_address: "10.9.0.50" }] },
    });
    const results = await clouds.preflight(lab, ({ resource }) => {
      const port = firstOf(resource["openstack_networking_port_v2"]);
      port["fixed_ip"] = [{ subnet_id: subnet.id, ip_address: "10.9.0.50" }];
      firstOf(resource["openstack_networking_floatingip_associate_v2"])["floating_ip"] = "198.51.100.77";
    });
    expect(needed(results)).toEqual(["the address 10.9.0.50", "the floating IP 198.51.100.77"]);
  });

  test("reports wrong credentials", async () => {
    const { problems } = await clouds.preflight(lab, undefined, { OS_PASSWORD: "wrong" });
    expect(problems).toMatchObject([{ check: "log-in", available: expect.stringContaining("HTTP 401") as string }]);
  });

  test("reports checks that could not be made as not checked", async () => {
    clouds.replace({ "/v2.1/limits": [403, {}], "/details.json": [404, {}] });
    const { notChecked, passed, problems } = await clouds.preflight(lab);
    expect(problems).toEqual([]);
    expect(notChecked.map(({ check, reason }) => [check, /HTTP (\d+)/.exec(reason)?.[1]])).toEqual([
      ["quotas of machines", "403"],
      ["quotas of networks", "404"],
    ]);
    expect(passed).not.toContain("quotas of machines");
  });
});

describe("preflight of the NHN stack on the emulator", () => {
  const clouds = new Clouds();
  let lab: SynthesizedStack;

  beforeAll(async () => {
    await clouds.start();
    lab = stackOf("local-nhn");
  });

  afterAll(() => {
    clouds.stop();
  });

  beforeEach(() => clouds.reset());

  test("reports nothing in an empty project but the quotas that the API does not contain", async () => {
    const { problems, notChecked } = await clouds.preflight(lab);
    expect(problems).toEqual([]);
    expect(notChecked.map(({ reason }) => reason)).toEqual([
      "no API of NHN Cloud returns them; the console shows them",
    ]);
  });

  test("reports exceeded quotas and existing names of the VPC API", async () => {
    const vpc = (name: string, block: string) =>
      clouds.create("nhn", `${NHN.network}/v2.0/vpcs`, { vpc: { name, cidrv4: block } });
    await vpc("Default Network", "10.0.0.0/16");
    expect((await clouds.preflight(lab)).problems).toEqual([]);
    await vpc("local-nhn-network-vpc", "10.1.0.0/16");
    expect((await clouds.preflight(lab)).problems).toMatchObject([
      { needed: "2 VPCs", available: "the quota is 3, 2 of it in use" },
      { needed: "VPC local-nhn-network-vpc" },
    ]);
  });

  test.each([
    ["internetgateways", "2 internet gateways", 2],
    ["natgateways", "2 NAT gateways", 2],
    ["acls", "2 network ACLs", 9],
    ["acl_rules", "70 rules of network ACLs", 31],
  ])("reports an exceeded quota of %s", async (collection, label, count) => {
    const objects = Array.from({ length: count }, (_, n) => ({ id: `${n}`, name: `other-${n}`, order: 1_000 + n }));
    clouds.replace({ [`/v2.0/${collection}`]: [200, { [collection]: objects }] });
    expect(needed(await clouds.preflight(lab))).toEqual([label]);
  });

  test("reports a flavor, an image, a volume type, a zone and a key pair as on OpenStack", async () => {
    const { name, public_key } = firstOf((lab.json as unknown as Config).resource["openstack_compute_keypair_v2"]);
    await clouds.create("nhn", `${NHN.compute}/os-keypairs`, { keypair: { name, public_key } });
    const results = await clouds.preflight(lab, ({ data, resource }) => {
      firstOf(data["openstack_compute_flavor_v2"])["name"] = "r2.c2m9";
      firstOf(data["openstack_images_image_v2"])["name_regex"] = "^Ubuntu Server 20\\.04";
      const machine = firstOf(resource["openstack_compute_instance_v2"]);
      machine["availability_zone"] = "kr-pub-z";
      const [disk] = machine["block_device"] as Record<string, unknown>[];
      if (disk !== undefined) disk["volume_type"] = "Fast SSD";
    });
    expect(needed(results)).toEqual([
      'flavor "r2.c2m9"',
      "an image that matches ^Ubuntu Server 20\\.04",
      'volume type "Fast SSD"',
      'availability zone "kr-pub-z" for machines',
      "key pair lab-operators",
    ]);
  });
});
