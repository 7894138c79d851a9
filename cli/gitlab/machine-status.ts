import type { Instance } from "@aws-sdk/client-ec2";
import { DescribeInstancesCommand, EC2Client, GetConsoleOutputCommand } from "@aws-sdk/client-ec2";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { CREDENTIALS } from "@groundwork/local/aws/account";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { ReportingMachine } from "./machines";
import type { Report } from "./boot-report";
import { readReport } from "./boot-report";

/** A machine as it is now. */
export interface Sight extends ReportingMachine {
  /** Nothing when it does not exist. */
  readonly instanceId: string | undefined;
  readonly launchedAt: Date;
  /** Nothing as long as it has not spoken. */
  readonly report: Report | undefined;
}

/** Where the first boots of a stack are looked at. */
export interface BootCloud {
  /** How all machines are now. */
  look(machines: readonly ReportingMachine[]): Promise<readonly Sight[]>;
  /** The end of what a machine wrote on its screen; for one that does not speak. */
  screen(instanceId: string): Promise<readonly string[]>;
}

/**
 * AWS, asked by reading alone: instances by their tags, what they tell by their parameters. Nobody logs in, nothing runs on a
 * machine; a person who may look may not change anything.
 */
export class Aws implements BootCloud {
  private readonly ec2: EC2Client;
  private readonly ssm: SSMClient;

  constructor(
    private readonly stack: SynthesizedStack,
    /** Address of a local cloud. @default - AWS, with the credentials of the person's shell */
    endpoint?: string,
  ) {
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
    const { region } = stack;
    const settings = endpoint === undefined ? { region } : { region, endpoint, credentials: CREDENTIALS };
    this.ec2 = new EC2Client(settings);
    this.ssm = new SSMClient(settings);
  }

  async look(machines: readonly ReportingMachine[]): Promise<readonly Sight[]> {
    const instances = await this.instances(machines);
    const { Parameters = [] } = await this.ssm.send(
      new GetParametersCommand({ Names: machines.map(({ parameter }) => parameter) }),
    );
    return machines.map((machine) => {
      const instance = newest(instances.filter((one) => nameOf(one) === machine.name));
      const told = readReport(Parameters.find(({ Name }) => Name === machine.parameter)?.Value ?? "");
      return {
        ...machine,
        instanceId: instance?.InstanceId,
        launchedAt: instance?.LaunchTime ?? new Date(),
        report: told?.instance === instance?.InstanceId ? told : undefined,
      };
    });
  }

  async screen(instanceId: string): Promise<readonly string[]> {
    const { Output = "" } = await this.ec2.send(new GetConsoleOutputCommand({ InstanceId: instanceId, Latest: true }));
    return Buffer.from(Output, "base64").toString().trimEnd().split(/\r?\n/).slice(-20);
  }

  /** Closes the connections, which would keep the process alive. */
  destroy(): void {
    for (const client of [this.ec2, this.ssm]) client.destroy();
  }

  private async instances(machines: readonly ReportingMachine[]): Promise<readonly Instance[]> {
    const { Reservations = [] } = await this.ec2.send(
      new DescribeInstancesCommand({
        Filters: [
          { Name: "tag:Stack", Values: [this.stack.id] },
          { Name: "tag:Name", Values: machines.map(({ name }) => name) },
          { Name: "instance-state-name", Values: ["pending", "running"] },
        ],
      }),
    );
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  }
}

function nameOf({ Tags = [] }: Instance): string | undefined {
  return Tags.find(({ Key }) => Key === "Name")?.Value;
}

/** While a machine is replaced there are two of one name for a moment. */
function newest(instances: readonly Instance[]): Instance | undefined {
  return [...instances].sort((one, other) => Number(other.LaunchTime ?? 0) - Number(one.LaunchTime ?? 0))[0];
}
