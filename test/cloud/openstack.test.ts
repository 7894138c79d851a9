import type { Server } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { Volume } from "@groundwork/constructs/openstack/compute/volume";
import { FirewallGroup } from "@groundwork/constructs/openstack/security/firewall-group";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { CREDENTIALS, STANDARD } from "@groundwork/local/openstack/account";
import { CONTROL } from "@groundwork/local/openstack/control";
import { OpenStackEmulator } from "@groundwork/local/openstack/server";
import { workDirectory } from "@groundwork/tooling/paths";
import { freePort } from "@groundwork/tooling/ports";
import { ensureProviders } from "@groundwork/tooling/terraform/built-providers";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { Terraform } from "@groundwork/tooling/terraform/terraform";
import { recordVerified } from "@groundwork/tooling/verified/verified";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { fleet, type FleetProps } from "../support/openstack-fleet";

const NAME = "variants-openstack";
const SMALL: FleetProps = { workers: 1, flavor: "m1.c2m8", image: "ubuntu-22.04", zone: "nova" };

/** The fleet, and every resource type that it does not use. */
function addAllResources(stack: TerraformStack, props: FleetProps): void {
  const { nfs, workers, privateSubnet, router } = fleet(stack, props);
  new Volume(stack, "Data", { size: Size.gibibytes(100), machine: nfs, isProtected: false });
  new LoadBalancer(stack, "Balancer", { subnet: privateSubnet }).addListener("web", { port: 80, targets: workers });
  new FirewallGroup(stack, "Firewall", {
    router,
    inbound: [
      { name: "web", action: "allow", from: Peer.anyIpv4(), to: Peer.ipv4("172.31.0.0/16"), traffic: Port.HTTP },
    ],
    outbound: [],
  });
}

describe("standard OpenStack with the real provider", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-openstack-"));
  let server: Server;
  let endpoint: string;
  let hasProviders: boolean;

  beforeAll(async () => {
    hasProviders = await ensureProviders(console.log);
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    server = new OpenStackEmulator(() => undefined).createServer().listen(port, "127.0.0.1");
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Synthesizes the stack with the given props; returns Terraform in its directory. */
  async function terraformOf(props: FleetProps) {
    const outdir = join(directory, "out");
    const app = new App({ outdir });
    const stack = new TerraformStack(app, NAME);
    new LocalBackend(stack, { path: join(directory, "state") });
    const { username: userName, password, tenantId } = CREDENTIALS;
    const authUrl = `${endpoint}${STANDARD.identity}`;
    const { region } = STANDARD;
    new OpenstackProvider(stack, "openstack", {
      authUrl,
      userName,
      password,
      tenantId,
      region,
      userDomainName: "Default",
    });
    addAllResources(stack, props);
    app.synth();
    const synthesized = new SynthesizedStack(NAME, join(outdir, "stacks", NAME));
    const terraform = new Terraform(synthesized.directory, terraformEnvironment({ endpoint, directory }));
    await terraform.init();
    return { terraform, types: [...new Set(synthesized.types)].sort() };
  }

  async function get<T>(path: string): Promise<T> {
    return (await (await fetch(`${endpoint}${path}`)).json()) as T;
  }

  test("creates the fleet, changes it in place, and leaves no resource", async () => {
    if (!hasProviders) return;
    const { terraform: first, types } = await terraformOf(SMALL);
    await first.validate();
    expect((await first.apply()).errors).toEqual([]);
    expect(await first.drift()).toBe("");

    const { terraform: second } = await terraformOf({ ...SMALL, workers: 2 });
    const { done, errors } = await second.apply();
    expect(errors).toEqual([]);
    expect(done.filter(({ action }) => action === "delete")).toEqual([]);
    expect(done.map(({ type }) => type)).toContain("openstack_compute_instance_v2");
    expect(await second.drift()).toBe("");

    expect((await second.destroy()).errors).toEqual([]);
    const { openstack } = await get<{ openstack: readonly object[] }>(CONTROL.objects);
    expect(openstack).toEqual([]);
    recordVerified(join(workDirectory(), "verified"), {
      name: NAME,
      validated: types,
      applied: types,
      clean: types,
      destroyed: types,
    });
  });

  test("receives no request in a wrong order", async () => {
    if (!hasProviders) return;
    const { requests } = await get<{ requests: readonly { method: string; path: string; status: number }[] }>(
      CONTROL.requests,
    );
    // The provider requests a server group with newer API fields first, and falls back to the older ones.
    const rejected = requests.filter(({ status, path }) => status >= 400 && path !== "/os-server-groups");
    expect(requests.length).toBeGreaterThan(50);
    expect(rejected).toEqual([]);
  });

  test("reports the name of a missing image", async () => {
    if (!hasProviders) return;
    const { terraform: wrong } = await terraformOf({ ...SMALL, image: "Ubunut" });
    await expect(wrong.drift()).rejects.toThrow(/OpenStack\s+has\s+no\s+image\s+beginning\s+with\s+"Ubunut"/);
  });
});
