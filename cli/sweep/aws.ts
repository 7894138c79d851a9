import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { python } from "@groundwork/tooling/python";

/** Asks AWS something by its command line: `["elbv2", "describe-load-balancers"]`. Answers what it prints, read as JSON. */
export type Aws = (args: readonly string[]) => Promise<unknown>;

/** Where the command line leads. */
export interface AwsProps {
  readonly region: string;
  readonly env: NodeJS.ProcessEnv;
  /** Address of a local cloud. @default - AWS itself */
  readonly endpoint?: string | undefined;
}

/**
 * The AWS command line in a region. It is what logs in to the cluster too, so whoever has deployed to one has it; for a local
 * cloud the project brings its own.
 */
export function awsCommandLine({ region, env, endpoint }: AwsProps): Aws {
  const [program, first] = endpoint === undefined ? ["aws", []] : [python(), ["-m", "awscli"]];
  const settings = [
    "--region",
    region,
    "--output",
    "json",
    ...(endpoint === undefined ? [] : ["--endpoint-url", endpoint]),
  ];
  return async (args) => {
    const { stdout } = await promisify(execFile)(program, [...first, ...args, ...settings], {
      env: { ...env, AWS_PAGER: "" },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.trim() === "" ? undefined : (JSON.parse(stdout) as unknown);
  };
}
