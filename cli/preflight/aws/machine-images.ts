import { DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { anyCheck, type Check } from "../check";
import { isErrorNamed, orUndefined } from "../../aws/aws-errors";
import type { AwsCloud } from "./cloud";

/** Public parameters with ids of machine images, and ids of images. */
export interface MachineImageNeeds {
  readonly parameters: readonly string[];
  readonly ids: readonly string[];
}

/** The needed parameters and images that the region has. */
export interface MachineImageSupply extends MachineImageNeeds {
  readonly region: string;
}

/** Whether the region has the machine images of instances. */
export const machineImageCheck: Check<AwsCloud, MachineImageNeeds, MachineImageSupply> = {
  name: "machine images",
  needs: (plan) => {
    const used = plan.created("aws_instance");
    const parameters = used.map((machine) => plan.referenced(machine, "ami")?.text("name"));
    const ids = used.map((machine) => machine.text("ami")).filter((id) => id?.startsWith("ami-") === true);
    const isPublic = (name: string | undefined): name is string => name?.startsWith("/aws/service/") === true;
    const needs = {
      parameters: unique(parameters.filter(isPublic)),
      ids: unique(ids.filter((id) => id !== undefined)),
    };
    return needs.parameters.length + needs.ids.length === 0 ? undefined : needs;
  },
  supply: async ({ session, region }, { parameters, ids }) => {
    const [foundParameters, foundIds] = await Promise.all([
      existing(parameters, (Name) =>
        orUndefined(session.client(SSMClient).send(new GetParameterCommand({ Name })), "ParameterNotFound"),
      ),
      existing(ids, (id) => imageOf(session.client(EC2Client), id)),
    ]);
    return { region, parameters: foundParameters, ids: foundIds };
  },
  compare: (needs, { region, parameters, ids }) => [
    ...needs.parameters
      .filter((name) => !parameters.includes(name))
      .map((name) => ({
        needed: `the machine image of parameter ${name}`,
        available: `${region} has no such parameter`,
        fix: "choose an image that the region has",
      })),
    ...needs.ids
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        needed: `machine image ${id}`,
        available: `${region} has no such image, or it is not shared with the account`,
        fix: "choose an image of this region",
      })),
  ],
};

export const machineImages = anyCheck(machineImageCheck);

async function imageOf(client: EC2Client, id: string): Promise<unknown> {
  try {
    const { Images: images = [] } = await client.send(new DescribeImagesCommand({ ImageIds: [id] }));
    return images[0];
  } catch (error) {
    if (isErrorNamed(error, "InvalidAMIID.NotFound", "InvalidAMIID.Malformed")) return undefined;
    throw error;
  }
}

async function existing(
  names: readonly string[],
  find: (name: string) => Promise<unknown>,
): Promise<readonly string[]> {
  const found = await Promise.all(names.map(async (name) => [name, await find(name)] as const));
  return found.filter(([, value]) => value !== undefined).map(([name]) => name);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
