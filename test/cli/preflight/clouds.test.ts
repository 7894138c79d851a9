import { accountProblems, cloudsOf } from "@groundwork/cli/preflight/clouds";

const stack = (id: string, provider: object, resource: object = {}) => ({
  stack: { id, json: { provider, resource } },
  deployed: new Map(),
});
const openstack = (authUrl: string, region = "RegionOne") => ({ openstack: [{ auth_url: authUrl, region }] });
const aws = (region: string, ...more: readonly object[]) => ({ aws: [{ region }, ...more] });

function clouds(stacks: readonly ReturnType<typeof stack>[], env: Record<string, string> = {}) {
  return cloudsOf({ stacks, env, endpoint: undefined, raised: {} });
}

const summary = (stacks: readonly ReturnType<typeof stack>[], env: Record<string, string> = {}) =>
  clouds(stacks, env).map((cloud) => [cloud.name, cloud.stacks.map((each) => each.stack.id)]);

describe("the clouds of stacks", () => {
  test("are those of the same address and region: their stacks share quotas", () => {
    expect(
      summary([
        stack("lab-a", openstack("https://one/v3")),
        stack("lab-b", openstack("https://one/v3")),
        stack("lab-c", openstack("https://one/v3", "RegionTwo")),
        stack("lab-d", openstack("https://two/v3")),
        stack("lab-e", aws("us-west-2")),
        stack("lab-f", aws("us-west-2")),
        stack("lab-g", aws("us-east-1")),
        stack("lab-h", { kubernetes: [{}] }),
      ]),
    ).toEqual([
      ["RegionOne of https://one/v3", ["lab-a", "lab-b"]],
      ["RegionTwo of https://one/v3", ["lab-c"]],
      ["RegionOne of https://two/v3", ["lab-d"]],
      ["AWS us-west-2", ["lab-e", "lab-f"]],
      ["AWS us-east-1", ["lab-g"]],
    ]);
  });

  test("are named by variables of Terraform and of the environment", () => {
    const env = { TF_VAR_local_openstack_auth_url: "http://127.0.0.1:1/v3", OS_REGION_NAME: "R" };
    const provider = { openstack: [{ auth_url: "${var.local_openstack_auth_url}" }] };
    expect(summary([stack("local-a", provider)], env)).toEqual([["R of http://127.0.0.1:1/v3", ["local-a"]]]);
  });

  test("get the resources of their own provider only", () => {
    const resource = {
      aws_vpc: { A: {}, B: { provider: "aws.virginia" } },
      kubernetes_ingress_v1: { I: {} },
    };
    const found = clouds([stack("lab-a", aws("us-west-2", { alias: "virginia", region: "us-east-1" }), resource)]);
    expect(found.map(({ name, stacks }) => [name, stacks[0]?.stack.json["resource"]])).toEqual([
      ["AWS us-west-2", { aws_vpc: { A: {} }, kubernetes_ingress_v1: { I: {} } }],
      ["AWS us-east-1", { aws_vpc: { B: { provider: "aws.virginia" } }, kubernetes_ingress_v1: {} }],
    ]);
  });

  test("without credentials have a problem, so that the others can be compared", async () => {
    const [cloud] = clouds([stack("lab-a", openstack("https://one/v3"))]);
    expect(await cloud?.check()).toEqual({
      problems: [
        {
          check: "log-in",
          needed: "credentials",
          available:
            "no OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME in the environment; run the openrc file of your cloud in this shell",
          fix: "log in as for the deployment",
        },
      ],
      notChecked: [],
      passed: [],
    });
  });

  test("of another account are reported once per stack", () => {
    const allowed = { aws: [{ allowed_account_ids: ["111122223333"] }, { allowed_account_ids: ["111122223333"] }] };
    const stacks = [stack("production-a", allowed), stack("lab-b", aws("us-west-2"))];
    expect(accountProblems(stacks, "111122223333")).toEqual([]);
    expect(accountProblems(stacks, "444455556666")).toMatchObject([
      { needed: "account 111122223333 for production-a", available: "the credentials are of 444455556666" },
    ]);
  });
});
