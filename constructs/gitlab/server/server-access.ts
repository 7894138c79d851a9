import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { Construct } from "constructs";
import type { IGrantee } from "../../aws/iam/grantee";
import { Statement } from "../../aws/iam/statement";
import type { Connections } from "../../aws/network/security/connections";
import { SecurityGroup } from "../../aws/network/security/security-group";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { parameterArn } from "../machine/parameter";
import type { GitLabServerProps } from "./gitlab-server";

/** Creates the security group of a server: ingress for web and SSH clients, egress for packages, imports and AWS. */
export function createSecurityGroup(at: Construct, props: GitLabServerProps): SecurityGroup {
  const { network, sshClients = [] } = props;
  const group = new SecurityGroup(at, "SecurityGroup", { network, description: "GitLab server" });
  const { connections } = group;
  allowWeb(connections, props);
  for (const peer of sshClients) connections.allowFrom(peer, Port.SSH, "git over SSH");
  connections.allowTo(Peer.anyIpv4(), Port.HTTPS, "packages, imports and AWS");
  connections.allowTo(Peer.anyIpv4(), Port.HTTP, "packages of the distribution");
  return group;
}

function allowWeb(connections: Connections, { network, tls, webClients, webPorts }: GitLabServerProps): void {
  for (const port of webPorts ?? tls.ports) {
    if (tls.loadBalancer !== undefined) connections.allowFrom(tls.loadBalancer, port, "load balancer");
    else for (const peer of webClients ?? network.peers) connections.allowFrom(peer, port, "web and git over HTTP");
  }
  // Let's Encrypt validates from addresses that it does not publish.
  if (tls.kind === "letsEncrypt" && webClients?.some((peer) => peer.value === "0.0.0.0/0") !== true)
    connections.allowFrom(Peer.anyIpv4(), Port.HTTP, "proof of the name for Lets Encrypt");
}

/** Grants access to exactly the SSM parameters that the first boot uses. Returns the ARN of a parameter by its name. */
export function grantParameters(
  at: Construct,
  { network, rootPassword, tls, configuration }: GitLabServerProps,
  grantee: IGrantee,
): (name: string) => string {
  const { region } = network.zones;
  const account = new DataAwsCallerIdentity(at, "Account").accountId;
  const arn = (name: string) => parameterArn({ partition: region.partition, region: region.name, account }, name);
  const grant = (actions: readonly string[], names: readonly (string | undefined)[]) => {
    const resources = names.flatMap((name) => (name === undefined ? [] : [arn(name)]));
    if (resources.length > 0) grantee.addToPolicy(Statement.allow({ actions, resources }));
  };
  grant(["ssm:PutParameter", "ssm:GetParameter"], [configuration?.runnerTokenParameter]);
  grant(["ssm:PutParameter"], [rootPassword?.parameter]);
  grant(["ssm:GetParameter"], [...(tls.parameters ?? [])]);
  return arn;
}
