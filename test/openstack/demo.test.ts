import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "@groundwork/cli/demo/checks";
import { tokenOf, variablesOfReal } from "@groundwork/cli/demo/real-openstack";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { local } from "@groundwork/stacks/environments/local";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { Terraform } from "@groundwork/tooling/terraform/terraform";
import { App } from "cdktf";
import { Project, realOpenStack } from "./support/project";
import { expectApplied } from "./support/round-trip";
import { openstackStack } from "./support/stacks";

describe("local-openstack on a real OpenStack, as groundwork demo --real-openstack deploys it", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-demo-"));

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test("is applied to it, compared with its API, and destroyed", async () => {
    const cloud = await realOpenStack();
    const { authUrl } = cloud;
    const credentials = await cloud.createProject({ name: "demo" });
    const project = await Project.connect(authUrl, credentials);
    const outdir = join(directory, "out");
    const app = new App({ outdir });
    // The URL in the environment is not used: the provider reads a variable.
    const { node } = openstackStack(local, { authUrl: "https://identity.example.com/v3" })(app);
    app.synth();
    const stack = new SynthesizedStack(node.id, join(outdir, "stacks", node.id));
    const real = { authUrl, credentials, directory };
    const endpoint = "http://127.0.0.1:1";
    const terraform = new Terraform(
      stack.directory,
      terraformEnvironment({ endpoint, directory, variables: variablesOfReal(real) }),
    );
    await terraform.init();
    await expectApplied(terraform);
    const emulator = { endpoint, env: {} };
    const token = await tokenOf(real);
    const compared = await check(stack, {
      endpoint,
      kubernetes: undefined,
      openstack: emulator,
      realOpenStack: token,
    });
    expect(compared.filter(({ matches }) => !matches)).toEqual([]);
    expect(compared.map(({ subject }) => subject)).toContain("machine local-cluster1");
    expect((await terraform.destroy()).errors).toEqual([]);
    expect(await project.leftovers()).toEqual([]);
    project.close();
  });
});
