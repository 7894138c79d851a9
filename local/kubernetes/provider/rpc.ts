import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  type handleUnaryCall,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { defined } from "@groundwork/constructs/core";
import { packageDirectory } from "@groundwork/tooling/paths";
import { PartialCreationError } from "./managed";
import { stateFromJson } from "./manifest-resource";
import type { Attribute, Block, Nesting } from "./schema";
import type { StandIn } from "./stand-in";
import { decodeValue, type DynamicValue, encodeValue, type Value } from "./values";

/**
 * Serves a stand-in to Terraform on a Unix socket, as real providers do: a provider has no authentication, and this one has the
 * permissions of the cluster's administrator.
 */
export async function listen(standIn: StandIn, socketPath: string): Promise<void> {
  const options = { keepCase: true, longs: Number, defaults: false };
  const definition = loadSync(join(packageDirectory(__dirname), "kubernetes/provider/tfplugin6.proto"), options);
  const { tfplugin6 } = loadPackageDefinition(definition) as unknown as {
    tfplugin6: { Provider: { service: ServiceDefinition } };
  };
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(tfplugin6.Provider.service, methodsOf(standIn));
  // Of a process that was killed.
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socketPath}`, ServerCredentials.createInsecure(), (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/** Value of `TF_REATTACH_PROVIDERS`, which connects Terraform to running providers, by the short names of their sources. */
export function reattach(sockets: Readonly<Record<string, string>>): string {
  const entries = Object.entries(sockets).map(([source, socketPath]) => [
    source,
    {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "unix", String: socketPath },
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** The fields of all requests. */
interface Request {
  readonly type_name: string;
  readonly config?: DynamicValue;
  readonly raw_state?: { readonly json?: Uint8Array };
  readonly current_state?: DynamicValue;
  readonly prior_state?: DynamicValue;
  readonly proposed_new_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
}

type Response = Readonly<Record<string, unknown>>;

function methodsOf(standIn: StandIn): UntypedServiceImplementation {
  const legacy = (type: string): boolean => standIn.resource(type).legacy;
  return {
    GetProviderSchema: handler(() => ({
      provider: { version: 0, block: wireBlock(standIn.provider) },
      resource_schemas: Object.fromEntries(
        [...standIn.managed].map(([type, { schema }]) => [type, { version: 0, block: wireBlock(schema) }]),
      ),
    })),
    ValidateProviderConfig: handler(() => ({})),
    ValidateResourceConfig: handler(() => ({})),
    ValidateDataResourceConfig: handler(() => ({})),
    ConfigureProvider: handler(() => ({})),
    StopProvider: handler(() => ({})),
    UpgradeResourceState: handler(({ type_name, raw_state }) => {
      const state = JSON.parse(Buffer.from(raw_state?.json ?? []).toString() || "null") as Value;
      return { upgraded_state: encodeValue(stateFromJson(standIn.resource(type_name).schema, state)) };
    }),
    ReadResource: handler(async ({ type_name, current_state }) => ({
      new_state: encodeValue(await standIn.read(type_name, decodeValue(current_state))),
    })),
    PlanResourceChange: handler(({ type_name, prior_state, proposed_new_state }) => {
      const { state, replacing } = standIn.plan(type_name, decodeValue(prior_state), decodeValue(proposed_new_state));
      return {
        planned_state: encodeValue(state),
        requires_replace: replacing.map((path) => ({ steps: stepsOf(path) })),
        legacy_type_system: legacy(type_name),
      };
    }),
    ApplyResourceChange: handler(async ({ type_name, prior_state, planned_state }) => ({
      new_state: encodeValue(await standIn.apply(type_name, decodeValue(prior_state), decodeValue(planned_state))),
      legacy_type_system: legacy(type_name),
    })),
  };
}

/** A call whose errors are returned to Terraform as diagnostics. */
function handler(respond: (request: Request) => Response | Promise<Response>): handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    void (async () => {
      try {
        callback(null, await respond(request));
      } catch (error) {
        const summary = error instanceof Error ? error.message : String(error);
        // The state after an error: of a partially created resource, else the prior state.
        const state = error instanceof PartialCreationError ? encodeValue(error.state) : request.prior_state;
        callback(null, {
          ...defined({ new_state: state }),
          diagnostics: [{ severity: 1, summary, detail: request.type_name }],
        });
      }
    })();
  };
}

/** A path into a block contains the index 0, since blocks are lists of one element. */
function stepsOf(path: readonly string[]): readonly object[] {
  return path.flatMap((step, index) =>
    index === path.length - 1 ? [{ attribute_name: step }] : [{ attribute_name: step }, { element_key_int: 0 }],
  );
}

const NESTING: Readonly<Record<Nesting, number>> = { single: 1, list: 2, set: 3, map: 4 };

function wireBlock({ attributes, blocks }: Block): object {
  return {
    attributes: Object.entries(attributes).map(wireAttribute),
    block_types: Object.entries(blocks).map(([name, { nesting, block, minItems, maxItems }]) => ({
      type_name: name,
      block: wireBlock(block),
      nesting: NESTING[nesting],
      min_items: minItems,
      max_items: maxItems,
    })),
  };
}

function wireAttribute([name, { type, nested, ...flags }]: [string, Attribute]): object {
  return {
    name,
    ...flags,
    ...defined({
      type: type && Buffer.from(JSON.stringify(type)),
      nested_type: nested && {
        attributes: Object.entries(nested.attributes).map(wireAttribute),
        nesting: NESTING[nested.nesting],
      },
    }),
  };
}
