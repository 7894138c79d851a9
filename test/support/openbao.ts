import { randomBytes } from "node:crypto";
import { Loopback, type Request, type Response } from "./loopback";

const SHARES = 3;
const THRESHOLD = 2;

/**
 * A stand-in for OpenBao's seal: sealed after every start, unsealed by two different keys of three. A key counts once; wrong keys are
 * rejected only with the last one, and all of them are discarded. Written from the public reference of OpenBao.
 */
export class OpenBao {
  static async start(): Promise<OpenBao> {
    const bao: OpenBao = new OpenBao(await Loopback.start((request) => bao.respond(request)));
    return bao;
  }

  readonly keys = Array.from({ length: SHARES }, () => randomBytes(33).toString("hex"));
  /** Bodies of the unseal requests. */
  readonly attempts: string[] = [];
  initialized = true;
  sealed = true;
  private held = new Set<string>();

  private constructor(private readonly loopback: Loopback) {}

  get port(): number {
    return this.loopback.port;
  }

  /** Simulates a restart of the pod. */
  restart(): void {
    this.sealed = true;
    this.held.clear();
  }

  stop(): Promise<void> {
    return this.loopback.stop();
  }

  private respond({ method, path, body }: Request): Response {
    if (method === "GET" && path === "/v1/sys/seal-status") return { status: 200, body: this.status() };
    if (method !== "POST" || path !== "/v1/sys/unseal") return { status: 404, body: { errors: [] } };
    this.attempts.push(body);
    const { key, reset } = JSON.parse(body) as { key?: string; reset?: boolean };
    if (reset === true) this.held.clear();
    else if (!/^[0-9a-f]{66}$/.test(key ?? ""))
      return { status: 400, body: { errors: ["'key' must be a valid hex or base64 string"] } };
    else if (this.sealed) this.held.add(key ?? "");
    if (this.held.size < THRESHOLD) return { status: 200, body: this.status() };
    const valid = [...this.held].every((share) => this.keys.includes(share));
    this.held.clear();
    if (!valid) return { status: 400, body: { errors: ["Unseal failed, invalid key"] } };
    this.sealed = false;
    return { status: 200, body: this.status() };
  }

  private status(): Readonly<Record<string, unknown>> {
    const { initialized, sealed, held } = this;
    return { type: "shamir", initialized, sealed, t: THRESHOLD, n: SHARES, progress: held.size, version: "2.2.0" };
  }
}
