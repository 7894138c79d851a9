import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preflight } from "@groundwork/cli/preflight/command";
import type { RealOpenStack } from "@groundwork/local/real-openstack/real-openstack";
import { lab } from "@groundwork/stacks/environments/lab";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { App } from "cdktf";
import { production } from "../support/environments/production";
import { realOpenStack } from "./support/project";
import { openstackStack } from "./support/stacks";

describe("preflight on a real OpenStack, in a project with the quotas of a new one", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-preflight-"));
  let cloud: RealOpenStack;

  beforeAll(async () => {
    cloud = await realOpenStack();
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** Compares an environment's stack with a project of its user. */
  async function preflightOf(environment: typeof lab | typeof production, name: string, loadBalancers = false) {
    const { userName, password, projectName } = await cloud.createProject({ name, loadBalancers });
    const outdir = join(directory, name);
    const app = new App({ outdir });
    const { node } = openstackStack(environment, { authUrl: cloud.authUrl })(app);
    app.synth();
    const env = {
      OS_USERNAME: userName,
      OS_PASSWORD: password,
      OS_PROJECT_NAME: projectName,
      OS_USER_DOMAIN_NAME: "Default",
      OS_PROJECT_DOMAIN_NAME: "Default",
    };
    const stack = new SynthesizedStack(node.id, join(outdir, "stacks", node.id));
    const [results] = await preflight([stack], { env, endpoint: undefined }, {});
    if (results === undefined) throw new Error(`${node.id} has no cloud`);
    return results;
  }

  test("reports nothing for lab-openstack", async () => {
    const { problems, notChecked } = await preflightOf(lab, "preflight-lab");
    expect(problems).toEqual([]);
    expect(notChecked).toEqual([]);
  });

  test("reports the quotas and the role that production-openstack needs", async () => {
    const { problems, notChecked } = await preflightOf(production, "preflight-production");
    expect(problems.map(({ needed, available }) => [needed, available])).toEqual([
      ["29 vCPUs", "the quota is 20, 0 of it in use"],
      ["116736 MiB of memory", "the quota is 51200, 0 of it in use"],
      ["1120 GiB of volumes", "the quota is 1000, 0 of it in use"],
      ["the role load-balancer_member for load balancers", "the user has member, reader"],
    ]);
    expect(notChecked.map(({ check }) => check)).toEqual(["quotas of load balancers"]);
  });

  test("checks the quotas of load balancers with the role", async () => {
    const { problems, notChecked } = await preflightOf(production, "preflight-balancers", true);
    expect(problems.map(({ check }) => check)).toEqual([
      "quotas of machines",
      "quotas of machines",
      "quotas of volumes",
    ]);
    expect(notChecked).toEqual([]);
  });
});
