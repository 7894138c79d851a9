import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { API_TYPES } from "@groundwork/constructs/kubernetes/manifest/conversion";
import { type ApiAccess, KubernetesApi, pathOf } from "@groundwork/local/kubernetes/api";
import { accessTo, startCluster, stopCluster } from "@groundwork/local/kubernetes/cluster";
import { ensureKubernetes } from "@groundwork/local/kubernetes/tools";
import { installSecretProviderClass, TYPE as SECRET_PROVIDER_CLASS } from "./secret-provider-class";

/** A real API server for dry runs with strict validation. */
export class DryRuns {
  static async start(): Promise<DryRuns> {
    const directory = mkdtempSync(join(tmpdir(), "groundwork-dry-runs-"));
    const programs = await ensureKubernetes(console.log);
    if (programs === undefined) throw new Error("Go is missing");
    const access = accessTo(await startCluster(join(directory, "cluster"), programs));
    const api = new KubernetesApi(access);
    await installSecretProviderClass(api);
    api.close();
    return new DryRuns(directory, access);
  }

  private readonly agent: Agent;

  private constructor(
    private readonly directory: string,
    private readonly access: ApiAccess,
  ) {
    this.agent = new Agent({ ca: access.certificate, keepAlive: true, maxSockets: 8 });
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await stopCluster(join(this.directory, "cluster"));
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** The error of a server-side dry run with strict validation; undefined when the server accepts the object. */
  errorOf(object: ApiObject): Promise<string | undefined> {
    const type = [...Object.values(API_TYPES), SECRET_PROVIDER_CLASS].find(({ kind }) => kind === object.kind);
    if (type === undefined) throw new Error(`no type for ${object.kind}`);
    // Only this namespace exists; names of namespaces are compared on their own.
    const target = type.namespaced ? { ...object, metadata: { ...object.metadata, namespace: "default" } } : object;
    const path = `${pathOf({ ...type, namespace: type.namespaced ? "default" : undefined })}?fieldValidation=Strict&dryRun=All`;
    const headers = { authorization: `Bearer ${this.access.token}`, "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      const options = { method: "POST", agent: this.agent, headers };
      const sent = request(`${this.access.server}${path}`, options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("end", () => {
          const { message } = JSON.parse(Buffer.concat(chunks).toString()) as { message?: string };
          resolve((response.statusCode ?? 500) < 300 ? undefined : (message ?? "rejected"));
        });
      });
      sent.once("error", reject);
      sent.end(JSON.stringify(target));
    });
  }
}
