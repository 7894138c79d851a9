import { Network } from "@groundwork/constructs/aws/network/network";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { GitLabConfiguration } from "@groundwork/constructs/gitlab/server/gitlab-configuration";
import { GitLabServer, type GitLabServerProps } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import type { ISubnet } from "@groundwork/constructs/aws/network/subnet";
import type { TerraformStack } from "cdktf";
import { synthesized } from "./fixture";

/** A network with one public tier in one zone. */
export function smallNetwork(stack: TerraformStack): { readonly network: Network; readonly subnet: ISubnet } {
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.30.0.0/16"),
    zones: Region.of("us-west-2").zones("a"),
    tiers: [Tier.public({ mask: 24 })],
  });
  const [subnet] = network.subnetsOf("public");
  if (subnet === undefined) throw new Error("a network without subnets");
  return { network, subnet };
}

/** A minimal configuration. */
export const CONFIGURATION = GitLabConfiguration.of({
  group: "lab",
  project: "site",
  importUrl: "https://git.example.com/site.git",
  runnerTokenParameter: "/test/runner-token",
});

/** A server in its own network. */
export function gitLabServer(stack: TerraformStack, props: Partial<GitLabServerProps> = {}): GitLabServer {
  return new GitLabServer(stack, "Server", {
    ...smallNetwork(stack),
    version: GitLabVersion.of("18.11.2"),
    tls: Tls.none(),
    publicAddress: true,
    configuration: CONFIGURATION,
    ...props,
  });
}

/** User data of a machine, by the prefix of its construct path, without the escapes of Terraform. */
export function userDataOf(stack: TerraformStack, machine: string): string {
  const { locals } = synthesized(stack) as unknown as { locals: Record<string, string> };
  const text = Object.entries(locals).find(([name]) => name.startsWith(machine))?.[1] ?? "";
  return text.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");
}
