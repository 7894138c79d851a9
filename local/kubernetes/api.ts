import { Agent, request } from "node:https";

/** A Kubernetes object with the common metadata. */
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

/** The API path of a type of objects. */
export interface Collection {
  readonly apiVersion: string;
  readonly plural: string;
  /** `undefined` for cluster-scoped objects. */
  readonly namespace?: string | undefined;
}

/** An error response of the API server. */
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

/** Connection to an API server. */
export interface ApiAccess {
  /** Such as `https://127.0.0.1:40001`. */
  readonly server: string;
  readonly token: string;
  /** The server's self-signed certificate, which is also the CA certificate. */
  readonly certificate: string;
}

/** A client of the Kubernetes API. Unknown fields are errors. */
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

  /** An object; `undefined` if it does not exist. */
  async get(collection: Collection, name: string): Promise<LiveObject | undefined> {
    try {
      return await this.call("GET", `${pathOf(collection)}/${name}`);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The objects of a collection; `labels` is a selector such as `app=web`. */
  async list(collection: Collection, labels?: string): Promise<readonly LiveObject[]> {
    const selector = labels === undefined ? "" : `?labelSelector=${encodeURIComponent(labels)}`;
    const list = await this.call("GET", `${pathOf(collection)}${selector}`);
    return (list["items"] ?? []) as readonly LiveObject[];
  }

  /** The collection of a kind, as the server lists it: also of custom resource definitions. */
  async typeOf(apiVersion: string, kind: string): Promise<{ readonly plural: string; readonly namespaced: boolean }> {
    const path = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { resources } = (await this.call("GET", path)) as unknown as {
      readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
    };
    const found = resources.find((resource) => resource.kind === kind && !resource.name.includes("/"));
    if (found === undefined) throw new Error(`the API server knows no kind ${kind} in ${apiVersion}`);
    return { plural: found.name, namespaced: found.namespaced };
  }

  /** Creates an object; fails if it exists or has an unknown field. */
  create(collection: Collection, object: object): Promise<LiveObject> {
    return this.call("POST", `${pathOf(collection)}?fieldValidation=Strict`, object);
  }

  /** Replaces an object; fails if it has been changed in the meantime. */
  replace(collection: Collection, name: string, object: object): Promise<LiveObject> {
    return this.call("PUT", `${pathOf(collection)}/${name}?fieldValidation=Strict`, object);
  }

  /** Patches an object or its status. */
  merge(collection: Collection, name: string, patch: object, part: "" | "/status" = ""): Promise<LiveObject> {
    return this.call("PATCH", `${pathOf(collection)}/${name}${part}`, patch, "application/merge-patch+json");
  }

  /** Requests the deletion of an object and its dependents. */
  async remove(collection: Collection, name: string): Promise<void> {
    await this.ignoreMissing(this.call("DELETE", `${pathOf(collection)}/${name}?propagationPolicy=Background`));
  }

  /** Deletes an object without waiting for the programs that would end it, as for a pod of a node that no longer exists. */
  async removeNow(collection: Collection, name: string): Promise<void> {
    await this.ignoreMissing(this.call("DELETE", `${pathOf(collection)}/${name}?gracePeriodSeconds=0`));
  }

  /** Evicts a pod, unless a disruption budget forbids it; returns whether it is evicted. */
  async evict({ name, namespace = "default" }: LiveObject["metadata"]): Promise<boolean> {
    const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
    const path = `${pathOf({ apiVersion: "v1", plural: "pods", namespace })}/${name}/eviction`;
    try {
      await this.ignoreMissing(this.call("POST", path, eviction));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 429) return false;
      throw error;
    }
  }

  /** Closes the connections. */
  close(): void {
    this.agent.destroy();
  }

  private async ignoreMissing(operation: Promise<unknown>): Promise<void> {
    try {
      await operation;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
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
      const sent = request(`${server}${path}`, { method, agent: this.agent, headers, timeout: 30_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const text = Buffer.concat(chunks).toString();
          const status = response.statusCode ?? 0;
          if (status < 300) resolve(text);
          else reject(apiError(status, text));
        });
      });
      sent.once("timeout", () => sent.destroy(new Error(`${method} ${path}: no response within 30 seconds`)));
      sent.once("error", reject);
      sent.end(body);
    });
  }
}

/** Path of a collection; the core API has no group. */
export function pathOf({ apiVersion, plural, namespace }: Collection): string {
  const group = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${group}${namespace === undefined ? "" : `/namespaces/${namespace}`}/${plural}`;
}

function apiError(status: number, text: string): ApiError {
  try {
    const { reason = "", message = text } = JSON.parse(text) as { reason?: string; message?: string };
    return new ApiError(status, reason, message);
  } catch {
    return new ApiError(status, "", text);
  }
}
