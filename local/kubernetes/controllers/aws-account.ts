import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CREDENTIALS } from "../../aws/account";
import { signatureFor } from "../../aws/gateway/credentials";
import { CONTROL } from "../../aws/gateway/server";
import type { NodeGroup } from "../../aws/gateway/rules/eks/memory";

/** The APIs of one region of the emulated AWS, as the controllers of a cluster call them. */
export interface AwsRegion {
  readonly name: string;
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  /** Sends a call to the Auto Scaling service; returns the XML of the response. */
  autoScaling(action: string, parameters: Readonly<Record<string, string>>): Promise<string>;
}

/** The emulated AWS account. */
export class AwsAccount {
  private readonly regions = new Map<string, AwsRegion>();

  constructor(
    /** Endpoint of the gateway. */
    readonly endpoint: string,
  ) {
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  }

  /** The APIs of a region. */
  region(name: string): AwsRegion {
    const existing = this.regions.get(name);
    if (existing !== undefined) return existing;
    const config = { region: name, endpoint: this.endpoint, credentials: CREDENTIALS };
    const region: AwsRegion = {
      name,
      ec2: new EC2Client(config),
      elb: new ElasticLoadBalancingV2Client(config),
      autoScaling: (action, parameters) => this.autoScaling(name, action, parameters),
    };
    this.regions.set(name, region);
    return region;
  }

  /** The node groups of all clusters in all regions. */
  async nodeGroups(): Promise<readonly NodeGroup[]> {
    const response = await fetch(`${this.endpoint}${CONTROL.nodeGroups}`);
    return ((await response.json()) as { readonly nodeGroups: readonly NodeGroup[] }).nodeGroups;
  }

  /** Names of the add-ons of a cluster. */
  async addons(region: string, cluster: string): Promise<readonly string[]> {
    const response = await fetch(`${this.endpoint}/clusters/${cluster}/addons`, {
      headers: { authorization: signatureFor({ service: "eks", region }) },
    });
    return ((await response.json()) as { readonly addons?: readonly string[] }).addons ?? [];
  }

  private async autoScaling(
    region: string,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string> {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: {
        authorization: signatureFor({ service: "autoscaling", region }),
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      },
      body: new URLSearchParams({ Action: action, Version: "2011-01-01", ...parameters }).toString(),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action}: ${response.status} ${text}`);
    return text;
  }
}
