import type { LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener";
import { escapeTerraform } from "../../core/token";
import { ELB006 } from "./rules";
import type { ITargetGroup } from "./target-group";

/**
 * Defines what a listener of an application load balancer does with requests.
 *
 * @example Action.forward(web); Action.redirectToHttps(); Action.respond(404, "not found")
 */
export class Action {
  /** Forwards to the targets of a group. */
  static forward(targetGroup: ITargetGroup): Action {
    return new Action({ type: "forward", targetGroupArn: targetGroup.targetGroupArn }, targetGroup);
  }

  /** Redirects to the same URL with HTTPS, permanently. */
  static redirectToHttps(port = 443): Action {
    return new Action({
      type: "redirect",
      redirect: { protocol: "HTTPS", port: String(port), statusCode: "HTTP_301" },
    });
  }

  /** Responds with a status code from 200 to 599 and a text of at most 1024 bytes. */
  static respond(status: number, text = ""): Action {
    if (!Number.isInteger(status) || status < 200 || status > 599 || (status >= 300 && status < 400))
      throw ELB006.violation({ given: `the status ${status}`, fix: "use 200 to 299, or 400 to 599" });
    if (Buffer.byteLength(text) > 1_024)
      throw ELB006.violation({ given: `a text of ${Buffer.byteLength(text)} bytes`, fix: "use at most 1024 bytes" });
    return new Action({
      type: "fixed-response",
      fixedResponse: { contentType: "text/plain", messageBody: escapeTerraform(text), statusCode: String(status) },
    });
  }

  private constructor(
    /** The action as an argument of a listener or of its rules. */
    readonly argument: LbListenerDefaultAction,
    /** Target group of a forwarding action. */
    readonly targetGroup?: ITargetGroup,
  ) {}
}
