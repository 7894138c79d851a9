import { xmlAnswer } from "./answer";
import type { Answer, Call } from "./call";
import type { Rule } from "./rule";

/** How an injected fault looks. */
export type FaultKind = "error" | "throttle";

/** How often calls fail, and how. */
export interface Faults {
  /** 0 (never) to 1 (always). */
  readonly probability: number;
  readonly kinds: readonly FaultKind[];
}

/** Nothing fails. */
export const NO_FAULTS: Faults = { probability: 0, kinds: ["error"] };

/** Source of chance, 0 ≤ x < 1. */
export type Chance = () => number;

/**
 * Makes a share of the calls fail before an emulator sees them, as a busy region does.
 *
 * Fails before acting on purpose: a call that was done but whose answer was lost is another test (SIGKILL).
 */
export class FaultInjection implements Rule {
  readonly name = "fault injection";
  private faults = NO_FAULTS;
  private count = 0;

  constructor(private readonly chance: Chance = Math.random) {}

  /** Sets what fails from now on. */
  set(faults: Faults): void {
    this.faults = faults;
  }

  /** How many calls have failed so far. */
  get injected(): number {
    return this.count;
  }

  applies(call: Call): boolean {
    return call.service !== "" && this.faults.probability > 0 && this.chance() < this.faults.probability;
  }

  answer(call: Call): Promise<Answer> {
    this.count += 1;
    const kind = this.faults.kinds[Math.floor(this.chance() * this.faults.kinds.length)] ?? "error";
    return Promise.resolve(kind === "error" ? serverError() : throttled(call));
  }
}

function serverError(): Answer {
  return { status: 500, headers: {}, body: Buffer.alloc(0) };
}

/** Throttling as each protocol says it. A client retries only what it recognizes. */
function throttled(call: Call): Answer {
  switch (call.service) {
    case "ec2":
      return xmlAnswer(
        "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>injected</Message></Error></Errors>" +
          "<RequestID>injected</RequestID></Response>",
        503,
      );
    case "s3":
      return xmlAnswer("<Error><Code>SlowDown</Code><Message>injected</Message></Error>", 503);
    case "autoscaling":
    case "cloudfront":
    case "elasticloadbalancing":
    case "iam":
    case "route53":
    case "s3control":
    case "sns":
    case "sts":
      return xmlAnswer(
        "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>injected</Message></Error>" +
          "<RequestId>injected</RequestId></ErrorResponse>",
        400,
      );
    default:
      return {
        status: 400,
        headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "ThrottlingException" },
        body: Buffer.from(JSON.stringify({ __type: "ThrottlingException", message: "injected" })),
      };
  }
}
