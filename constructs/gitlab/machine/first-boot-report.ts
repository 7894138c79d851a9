import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import type { IGrantee } from "../../aws/iam/grantee";
import { Statement } from "../../aws/iam/statement";
import { Files } from "../../boot/parts/files";
import type { BootPart } from "../../boot/parts/part";
import { programText } from "../../boot/program-text";
import { Units } from "../../boot/parts/units";
import { Name } from "../../core/name";

/** Below this path every machine has a parameter of its own, under its name. */
export const REPORTS = "/groundwork/first-boot/";

const PROGRAM = "/usr/local/lib/groundwork/report-first-boot.py";
const PARAMETER_NAME = { service: "SSM parameter", maxLength: 200, pattern: /^[\w.-]+$/ };

/** What a report is made of. */
export interface FirstBootReportProps {
  /** The machine. */
  readonly writer: IGrantee;
}

/**
 * A parameter in which a machine tells how its first boot goes. Made by `Machine`.
 *
 * Unlike the runner's token it is Terraform's own and ends with the stack: it holds no secret, so state may know it. A
 * parameter rather than a command through Systems Manager: whoever looks needs to read, not to be root on the machine.
 */
export class FirstBootReport extends Construct {
  /** What the machine needs to tell it. */
  readonly boot: readonly BootPart[];

  constructor(scope: Construct, id: string, props: FirstBootReportProps) {
    super(scope, id);
    const name = `${REPORTS}${Name.of(scope).fit(PARAMETER_NAME)}`;
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
        description: "tells how the first boot goes",
        command: `/usr/bin/python3 ${PROGRAM}`,
        settings: ["/etc/groundwork/report.env"],
      }),
    ];
  }
}
