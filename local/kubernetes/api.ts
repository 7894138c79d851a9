import { Agent, request } from "node:https";

/** An object of the API, as far as everybody has it. */
export interface LiveObject extends Readonly<Record<string, unknown>> {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** Where objects of a type are found. */
export interface Collection {
  readonly apiVersion: string;
  readonly plural: string;
  /** Nothing for objects of the whole cluster. */
  readonly namespace?: string | undefined;
}

/** What the API server says when it refuses. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** What a client needs to reach an API server. */
export interface ApiAccess {
  /** Such as `https://127.0.0.1:40001`. */
  readonly server: string;
  readonly token: string;
  /** The certificate the server shows, which is its own authority. */
  readonly certificate: string;
}

/** A client of the Kubernetes API: plain HTTPS, strict about unknown fields. */
export class KubernetesApi {
  private readonly agent: Agent;

  constructor(private readonly access: ApiAccess) {
    this.agent = new Agent({ ca: access.certificate, keepAlive: true });
  }

  /** Whether the server is ready to serve. */
  async isReady(): Promise<boolean> {
    try {
      return (await this.text("GET", "/readyz")) === "ok";
    } catch {
      return false;
    }
  }

  /** An object; nothing when there is none of the name. */
  async get(collection: Collection, name: string): Promise<LiveObject | undefined> {
    try {
      return await this.call("GET", `${pathOf(collection)}/${name}`);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  async list(collection: Collection): Promise<readonly LiveObject[]> {
    const list = await this.call("GET", pathOf(collection));
    return (list["items"] ?? []) as readonly LiveObject[];
  }

  /** Makes an object; refused when it exists, or has a field that the API does not know. */
  create(collection: Collection, object: object): Promise<LiveObject> {
    return this.call("POST", `${pathOf(collection)}?fieldValidation=Strict`, object);
  }

  /** Puts an object in another one's place; refused when somebody else was faster. */
  replace(collection: Collection, name: string, object: object): Promise<LiveObject> {
    return this.call("PUT", `${pathOf(collection)}/${name}?fieldValidation=Strict`, object);
  }

  /** Changes a part of an object, or of its status. */
  merge(collection: Collection, name: string, patch: object, part: "" | "/status" = ""): Promise<LiveObject> {
    return this.call("PATCH", `${pathOf(collection)}/${name}${part}`, patch, "application/merge-patch+json");
  }

  /** Asks for an object's end, and for that of what belongs to it. */
  async remove(collection: Collection, name: string): Promise<void> {
    try {
      await this.call("DELETE", `${pathOf(collection)}/${name}?propagationPolicy=Background`);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }

  /** Lets go of the connections. */
  close(): void {
    this.agent.destroy();
  }

  private async call(method: string, path: string, body?: object, type = "application/json"): Promise<LiveObject> {
    return JSON.parse(
      await this.text(method, path, body === undefined ? undefined : JSON.stringify(body), type),
    ) as LiveObject;
  }

  private text(method: string, path: string, body?: string, type = "application/json"): Promise<string> {
    const { server, token } = this.access;
    const headers = { authorization: `Bearer ${token}`, "content-type": type, accept: "application/json" };
    return new Promise((resolve, reject) => {
      const sent = request(`${server}${path}`, { method, agent: this.agent, headers, timeout: 30_000 }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.once("error", reject);
        answer.once("end", () => {
          const text = Buffer.concat(chunks).toString();
          const status = answer.statusCode ?? 0;
          if (status < 300) resolve(text);
          else reject(refusal(status, text));
        });
      });
      sent.once("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer within 30 seconds`)));
      sent.once("error", reject);
      sent.end(body);
    });
  }
}

/** Path of a collection: core objects have none of the others' group. */
export function pathOf({ apiVersion, plural, namespace }: Collection): string {
  const group = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${group}${namespace === undefined ? "" : `/namespaces/${namespace}`}/${plural}`;
}

function refusal(status: number, text: string): ApiError {
  try {
    const { reason = "", message = text } = JSON.parse(text) as { reason?: string; message?: string };
    return new ApiError(status, reason, message);
  } catch {
    return new ApiError(status, "", text);
  }
}
