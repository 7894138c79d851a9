import { EC2Client, GetConsoleOutputCommand, type Instance, paginateDescribeInstances } from "@aws-sdk/client-ec2";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { AwsSession } from "../aws/aws-session";
import { allItems } from "../aws/pages";
import { nameTag } from "../aws/tags";
import { type BootReport, readBootReport } from "./boot-report";
import type { ReportingMachine } from "./machines";

/** The current state of a machine. */
export interface MachineStatus extends ReportingMachine {
  /** Undefined when the machine does not exist. */
  readonly instanceId: string | undefined;
  readonly launchedAt: Date;
  /** Undefined until the machine has reported. */
  readonly report: BootReport | undefined;
}

/** Reads the state of a stack's machines. */
export interface MachineApi {
  statusOf(machines: readonly ReportingMachine[]): Promise<readonly MachineStatus[]>;
  /** The end of a machine's console output: for a machine that has not reported. */
  consoleOutput(instanceId: string): Promise<readonly string[]>;
}

/**
 * Reads the state of machines from AWS: instances by their tags, reports from SSM parameters.
 *
 * Read permissions are enough: there is no login, and nothing runs on the machines.
 */
export class AwsMachineApi implements MachineApi {
  constructor(
    private readonly stackId: string,
    private readonly session: AwsSession,
  ) {}

  async statusOf(machines: readonly ReportingMachine[]): Promise<readonly MachineStatus[]> {
    const instances = await this.instances(machines);
    const { Parameters = [] } = await this.session
      .client(SSMClient)
      .send(new GetParametersCommand({ Names: machines.map(({ parameter }) => parameter) }));
    return machines.map((machine) => {
      const instance = newest(instances.filter(({ Tags }) => nameTag(Tags) === machine.name));
      const report = readBootReport(Parameters.find(({ Name }) => Name === machine.parameter)?.Value ?? "");
      return {
        ...machine,
        instanceId: instance?.InstanceId,
        launchedAt: instance?.LaunchTime ?? new Date(),
        report: report?.instance === instance?.InstanceId ? report : undefined,
      };
    });
  }

  async consoleOutput(instanceId: string): Promise<readonly string[]> {
    const { Output = "" } = await this.session
      .client(EC2Client)
      .send(new GetConsoleOutputCommand({ InstanceId: instanceId, Latest: true }));
    return Buffer.from(Output, "base64").toString().trimEnd().split(/\r?\n/).slice(-20);
  }

  private async instances(machines: readonly ReportingMachine[]): Promise<readonly Instance[]> {
    const Filters = [
      { Name: "tag:Stack", Values: [this.stackId] },
      { Name: "tag:Name", Values: machines.map(({ name }) => name) },
      { Name: "instance-state-name", Values: ["pending", "running"] },
    ];
    const pages = paginateDescribeInstances({ client: this.session.client(EC2Client) }, { Filters });
    return (await allItems(pages, ({ Reservations }) => Reservations)).flatMap(({ Instances = [] }) => Instances);
  }
}

/** While a machine is replaced, two instances have the same name. */
function newest(instances: readonly Instance[]): Instance | undefined {
  return [...instances].sort((a, b) => Number(b.LaunchTime ?? 0) - Number(a.LaunchTime ?? 0))[0];
}
