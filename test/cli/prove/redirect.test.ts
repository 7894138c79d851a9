import { stackOf, stacks } from "../../support/stacks";
import { synthesized } from "../../support/fixture";
import { redirected } from "@groundwork/cli/prove/redirect/redirect";
import { isProtected, withoutProtection } from "@groundwork/cli/prove/redirect/protection";
import { SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { awsEndpoints } from "@groundwork/local/aws/resource-types";
import { synthesizedApp } from "../../support/synthesized-app";

type Json = Record<string, Record<string, Record<string, unknown>[]>>;

const stateFile = (id: string) => `/run/state/${id}.tfstate`;

/** Redirects the only stack of an app, or the named one. */
function redirect(configs: Readonly<Record<string, object>>, id = Object.keys(configs)[0] ?? ""): Json {
  const all = synthesizedStacks(synthesizedApp(configs));
  const stack = all.find((one) => one.id === id);
  if (!(stack instanceof SynthesizedStack)) throw new Error(`no stack ${id}`);
  return redirected(stack, { all, stateFile }) as Json;
}

const AWS = { provider: { aws: [{ region: "eu-west-1" }] } };

describe("redirected", () => {
  test("connects every AWS provider to the local cloud and keeps only what concerns resources", () => {
    const { provider } = redirect({
      shop: {
        provider: {
          aws: [
            {
              region: "eu-west-1",
              default_tags: [{ tags: { Owner: "me" } }],
              profile: "production",
              assume_role: [{ role_arn: "arn" }],
              allowed_account_ids: ["1"],
              shared_credentials_files: ["~/.aws/credentials"],
              https_proxy: "http://proxy",
              endpoints: [{ s3: "https://s3.example.com" }],
            },
            { alias: "virginia", region: "us-east-1" },
          ],
        },
      },
    });
    const [main, virginia] = provider?.["aws"] ?? [];
    const local = {
      access_key: "test",
      secret_key: "test",
      skip_credentials_validation: true,
      skip_metadata_api_check: "true",
      skip_region_validation: true,
      s3_use_path_style: true,
      max_retries: 2,
      endpoints: [Object.fromEntries(awsEndpoints().map((name) => [name, "${var.local_endpoint}"]))],
    };
    expect(main).toEqual({ ...local, region: "eu-west-1", default_tags: [{ tags: { Owner: "me" } }] });
    expect(virginia).toEqual({ ...local, alias: "virginia", region: "us-east-1" });
  });

  test("adds a provider to a stack that takes its settings from the environment", () => {
    const { provider } = redirect({
      shop: { resource: { aws_vpc: { Vpc: {} }, random_id: { Id: {} }, terraform_data: { Data: {} } } },
    });
    expect(Object.keys(provider ?? {})).toEqual(["aws"]);
    expect(provider?.["aws"]?.[0]).toMatchObject({ access_key: "test" });
  });

  test("finds the provider by its source if the stack gives it another name", () => {
    const { provider } = redirect({
      shop: {
        terraform: { required_providers: { amazon: { source: "hashicorp/aws" } } },
        provider: { amazon: [{ profile: "production" }] },
      },
    });
    expect(provider?.["amazon"]?.[0]).toMatchObject({ access_key: "test" });
    expect(provider?.["amazon"]?.[0]).not.toHaveProperty("profile");
  });

  test.each([
    ["s3", { backend: { s3: { bucket: "states", key: "shop" } } }],
    ["local", { backend: { local: { path: "/home/me/terraform.tfstate" } } }],
    ["cloud", { cloud: { organization: "acme", workspaces: { name: "shop" } } }],
    ["no", {}],
  ])("stores the state of a stack with %s backend in the run", (_, terraform) => {
    const { terraform: local } = redirect({
      shop: { ...AWS, terraform: { required_version: ">= 1.5", ...terraform } },
    });
    expect(local).toEqual({ required_version: ">= 1.5", backend: { local: { path: "/run/state/shop.tfstate" } } });
  });

  test.each([
    ["the generated name", "cross-stack-reference-input-network", { bucket: "states", key: "other" }],
    ["the backend", "Network", { bucket: "states", key: "network", profile: "reader" }],
  ])("reads the state of another stack, found by %s, from the run", (_, name, config) => {
    const { data } = redirect(
      {
        shop: { ...AWS, data: { terraform_remote_state: { [name]: { backend: "s3", config, workspace: "w" } } } },
        network: { ...AWS, terraform: { backend: { s3: { bucket: "states", key: "network" } } } },
      },
      "shop",
    );
    expect(data?.["terraform_remote_state"]?.[name as never]).toEqual({
      backend: "local",
      config: { path: "/run/state/network.tfstate" },
    });
  });

  test("removes what prevents a deletion in Terraform, and imports of objects that do not exist", () => {
    const { resource, ...others } = redirect({
      shop: {
        ...AWS,
        import: [{ to: "aws_vpc.Vpc", id: "vpc-1" }],
        resource: {
          aws_vpc: {
            Vpc: { lifecycle: { prevent_destroy: true, ignore_changes: ["tags"] } },
            Other: { lifecycle: [{ prevent_destroy: true }] },
          },
        },
      },
    });
    expect(resource?.["aws_vpc"]).toEqual({
      Vpc: { lifecycle: { ignore_changes: ["tags"] } },
      Other: { lifecycle: {} },
    });
    expect(others).not.toHaveProperty("import");
  });

  test("connects Kubernetes and Helm to the local API server", () => {
    const { provider } = redirect({
      shop: {
        provider: {
          kubernetes: [{ host: "https://eks", exec: [{ command: "aws" }], config_path: "~/.kube/config" }],
          helm: [{ kubernetes: { host: "https://eks", exec: { command: "aws" } }, registry: [{ password: "p" }] }],
        },
      },
    });
    const connection = {
      host: "${var.local_kubernetes_host}",
      cluster_ca_certificate: "${var.local_kubernetes_ca}",
      token: "${var.local_kubernetes_token}",
    };
    expect(provider).toEqual({ kubernetes: [connection], helm: [{ kubernetes: connection }] });
  });

  test("changes nothing in the stack itself", () => {
    const all = synthesizedStacks(
      synthesizedApp({ shop: { ...AWS, resource: { aws_vpc: { Vpc: { cidr_block: "x" } } } } }),
    );
    const before = JSON.stringify(all[0]?.json);
    for (const stack of all) redirected(stack, { all, stateFile });
    expect(JSON.stringify(all[0]?.json)).toBe(before);
  });

  test.each(stacks.map(({ node }) => node.id))("%s refers to no cloud but the local one", (id) => {
    const text = JSON.stringify(redirect({ [id]: synthesized(stackOf(id)) })["provider"]);
    expect(text).not.toMatch(/https?:\/\/|profile|assume_role|exec"|allowed_account_ids/);
    const { provider, variable } = redirect({ [id]: synthesized(stackOf(id)) });
    const used = [...JSON.stringify(provider).matchAll(/\$\{var\.(\w+)\}/g)].map(([, name = ""]) => name);
    expect(Object.keys(variable ?? {})).toEqual(expect.arrayContaining(used));
  });
});

describe("withoutProtection", () => {
  test("removes the protection of a cloud, and changes nothing else", () => {
    const config = { resource: { aws_lb: { A: { name: "a", enable_deletion_protection: true }, B: { name: "b" } } } };
    expect(isProtected(config)).toBe(true);
    const changed = withoutProtection(config);
    expect(changed).toEqual({
      resource: { aws_lb: { A: { name: "a", enable_deletion_protection: false }, B: { name: "b" } } },
    });
    expect(isProtected(changed)).toBe(false);
  });
});
