import { defined } from "../../core/defined";
import { Duration } from "../../core/duration";
import type { Location, Violation } from "../../core/violation";
import { checkedPath } from "../http-path";
import { KUB025 } from "../rules";
import { MAX_INT32 } from "../whole-number";
import type { ServicePort } from "./service-port";

const DRAIN = Duration.seconds(20);
const FINISH = Duration.seconds(30);

/** Times of a shutdown. */
export interface ShutdownTimes {
  /**
   * Time between the removal of a pod from its Service and load balancer and its SIGTERM. Load balancers send new requests until
   * they have processed the removal.
   * @default - 20 seconds
   */
  readonly drain?: Duration;
  /** Time between SIGTERM and SIGKILL, in which requests in progress are completed. @default - 30 seconds */
  readonly finish?: Duration;
}

/** Arguments of a pod and its container in the Terraform provider. */
interface RenderedShutdown {
  readonly pod: { readonly terminationGracePeriodSeconds?: number };
  readonly container: { readonly lifecycle?: Readonly<Record<string, unknown>> };
}

type Hook = { readonly command: readonly string[] } | { readonly path: string };

/**
 * Defines how a pod is stopped.
 *
 * A pod that is deleted is removed from its Service and load balancer while it stops. If it ends before they have noticed, requests
 * fail. A hook delays SIGTERM until then; the grace period of the pod is the time of the hook and the time to finish.
 *
 * @example Shutdown.afterSleep(); Shutdown.afterSleep({ drain: Duration.seconds(30), finish: Duration.seconds(60) })
 */
export class Shutdown {
  /** SIGTERM at once, SIGKILL after the time to finish. */
  static immediate({ finish = FINISH }: { /** @default - 30 seconds */ readonly finish?: Duration } = {}): Shutdown {
    return new Shutdown(undefined, undefined, finish);
  }

  /** Runs `sleep` of the image before SIGTERM. An image without that program needs one of the other hooks. */
  static afterSleep(times: ShutdownTimes = {}): Shutdown {
    const { drain = DRAIN } = times;
    return Shutdown.afterCommand(["sleep", `${drain.toSeconds()}`], times);
  }

  /** Runs a program of the image before SIGTERM; it ends within the time to drain. */
  static afterCommand(command: readonly string[], { drain = DRAIN, finish = FINISH }: ShutdownTimes = {}): Shutdown {
    return new Shutdown({ command }, drain, finish);
  }

  /** Requests a path of the container before SIGTERM; the response arrives within the time to drain. */
  static afterRequest(path: string, { drain = DRAIN, finish = FINISH }: ShutdownTimes = {}): Shutdown {
    return new Shutdown({ path: checkedPath(path) }, drain, finish);
  }

  private constructor(
    private readonly hook: Hook | undefined,
    private readonly drain: Duration | undefined,
    private readonly finish: Duration,
  ) {}

  /** Grace period of the pod in seconds: the time of the hook and the time to finish. */
  get gracePeriodSeconds(): number {
    return (this.drain?.toSeconds() ?? 0) + this.finish.toSeconds();
  }

  /** Violations of the hook and the times. */
  violations(at: Location): Violation[] {
    const isEmpty = this.hook !== undefined && "command" in this.hook && (this.hook.command[0] ?? "") === "";
    return [
      ...(isEmpty ? [KUB025.violation({ at, given: "a hook without a command", fix: "name a program" })] : []),
      ...(this.gracePeriodSeconds <= MAX_INT32
        ? []
        : [
            KUB025.violation({
              at,
              given: `a grace period of ${this.gracePeriodSeconds} seconds`,
              fix: `use at most ${MAX_INT32} seconds`,
            }),
          ]),
    ];
  }

  /**
   * Arguments of the pod and the container that listens on the port.
   * @internal
   */
  render({ target }: ServicePort): RenderedShutdown {
    const preStop = this.hook === undefined ? undefined : [rendered(this.hook, target)];
    return {
      pod: { terminationGracePeriodSeconds: this.gracePeriodSeconds },
      container: defined({ lifecycle: preStop && { preStop } }),
    };
  }
}

function rendered(hook: Hook, port: string): Readonly<Record<string, unknown>> {
  return "command" in hook ? { exec: { command: [...hook.command] } } : { httpGet: { path: hook.path, port } };
}
