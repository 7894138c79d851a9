import { xmlResponse } from "./response";
import type { GatewayResponse, Call } from "./call";
import type { Rule } from "./rule";

/** Kind of an injected fault. */
export type FaultKind = "error" | "throttle";

/** Rate and kinds of injected faults. */
export interface Faults {
  /** 0 (never) to 1 (always). */
  readonly probability: number;
  readonly kinds: readonly FaultKind[];
}

/** No call fails. */
export const NO_FAULTS: Faults = { probability: 0, kinds: ["error"] };

/** Random number generator, 0 ≤ x < 1. */
export type Chance = () => number;

/**
 * Makes a share of the calls fail before they reach an emulator, as in a busy region.
 *
 * Calls fail before they take effect. Calls whose response is lost are tested separately, with SIGKILL.
 */
export class FaultInjection implements Rule {
  readonly name = "fault injection";
  private faults = NO_FAULTS;
  private count = 0;

  constructor(private readonly chance: Chance = Math.random) {}

  /** Sets the faults of subsequent calls. */
  set(faults: Faults): void {
    this.faults = faults;
  }

  /** Number of calls that have failed so far. */
  get injected(): number {
    return this.count;
  }

  applies(call: Call): boolean {
    return call.service !== "" && this.faults.probability > 0 && this.chance() < this.faults.probability;
  }

  handle(call: Call): Promise<GatewayResponse> {
    this.count += 1;
    const kind = this.faults.kinds[Math.floor(this.chance() * this.faults.kinds.length)] ?? "error";
    return Promise.resolve(kind === "error" ? serverError() : throttled(call));
  }
}

function serverError(): GatewayResponse {
  return { status: 500, headers: {}, body: Buffer.alloc(0) };
}

/** Services with the query protocol and the general error code for throttling. */
const QUERY_SERVICES = new Set([
  "autoscaling",
  "cloudfront",
  "elasticloadbalancing",
  "iam",
  "route53",
  "s3control",
  "sns",
  "sts",
]);

/** The throttling error of each protocol. A client retries only errors that it recognizes. */
function throttled({ service }: Call): GatewayResponse {
  if (service === "ec2")
    return xmlResponse(
      "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>injected</Message></Error></Errors>" +
        "<RequestID>injected</RequestID></Response>",
      503,
    );
  if (service === "s3") return xmlResponse("<Error><Code>SlowDown</Code><Message>injected</Message></Error>", 503);
  if (QUERY_SERVICES.has(service))
    return xmlResponse(
      "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>injected</Message></Error>" +
        "<RequestId>injected</RequestId></ErrorResponse>",
      400,
    );
  return {
    status: 400,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "ThrottlingException" },
    body: Buffer.from(JSON.stringify({ __type: "ThrottlingException", message: "injected" })),
  };
}
