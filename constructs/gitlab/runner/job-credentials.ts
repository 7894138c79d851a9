import type { IRole } from "../../aws/iam/role";
import { Files } from "../../boot/parts/files";
import type { BootPart } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { Units } from "../../boot/parts/units";
import { programText } from "../../boot/program-text";

const PROGRAM = "/usr/local/lib/groundwork/job-credentials";

/**
 * Parts that give jobs temporary credentials of their own role instead of those of the machine. The AWS CLI and the SDKs find them
 * without any configuration in the pipeline.
 */
export function jobCredentials({ roleArn }: Pick<IRole, "roleArn">, region: string): readonly BootPart[] {
  return [
    Files.settings("/etc/groundwork/job-credentials.env", { JOB_ROLE: roleArn, JOB_REGION: region }),
    Files.program(PROGRAM, programText("gitlab", "job-credentials.sh")),
    Units.service("groundwork-job-credentials", {
      description: "credentials of the role of the jobs",
      type: "oneshot",
      command: PROGRAM,
    }),
    Units.timer("groundwork-job-credentials", {
      description: "renews the credentials of the jobs every five minutes",
      calendar: "*-*-* *:00/5:00",
    }),
    Steps.script("job-credentials", programText("gitlab", "prepare-jobs.sh")),
  ];
}
