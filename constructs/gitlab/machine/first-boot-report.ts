import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import type { IGrantee } from "../../aws/iam/grantee";
import { Statement } from "../../aws/iam/statement";
import { Files } from "../../boot/parts/files";
import type { BootPart } from "../../boot/parts/part";
import { FIRST_BOOT_REPORTS } from "../../boot/first-boot-reports";
import { programText } from "../../boot/program-text";
import { Units } from "../../boot/parts/units";
import { Name } from "../../core/name";

const PROGRAM = "/usr/local/lib/groundwork/report-first-boot.py";
const PARAMETER_NAME = { service: "SSM parameter", maxLength: 200, pattern: /^[\w.-]+$/ };

export interface FirstBootReportProps {
  /** Role of the machine that writes the report. */
  readonly writer: IGrantee;
}

/**
 * An SSM parameter in which a machine reports the status of its first boot. Created by `Machine`.
 *
 * Unlike the runner's token it is a Terraform resource and destroyed with the stack, because it contains no secret. It is a parameter
 * and not a command of Systems Manager, so that reading the status requires no root access to the machine.
 */
export class FirstBootReport extends Construct {
  /** First-boot parts that report the status. */
  readonly boot: readonly BootPart[];

  constructor(scope: Construct, id: string, props: FirstBootReportProps) {
    super(scope, id);
    const name = `${FIRST_BOOT_REPORTS}${Name.of(scope).fit(PARAMETER_NAME)}`;
    const parameter = new SsmParameter(this, "Resource", {
      name,
      description: `how the first boot of ${scope.node.path} goes`,
      type: "String",
      value: '{"state":"unheard"}',
      lifecycle: { ignoreChanges: ["value"] },
    });
    this.node.defaultChild = parameter;
    props.writer.addToPolicy(
      Statement.allow({ sid: "ReportFirstBoot", actions: ["ssm:PutParameter"], resources: [parameter.arn] }),
    );
    this.boot = [
      Files.settings("/etc/groundwork/report.env", { STATUS_PARAMETER: name }),
      Files.text(PROGRAM, programText("gitlab", "report-first-boot.py")),
      Units.service("groundwork-report", {
        description: "report the status of the first boot",
        command: `/usr/bin/python3 ${PROGRAM}`,
        settings: ["/etc/groundwork/report.env"],
      }),
    ];
  }
}
