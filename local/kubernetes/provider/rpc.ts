import { join } from "node:path";
import type { handleUnaryCall, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import { loadPackageDefinition, Server, ServerCredentials } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { ROOT } from "@groundwork/tooling/paths";
import { MadeInVain } from "./managed";
import type { Attribute, Block, Nesting } from "./schema";
import type { StandIn } from "./stand-in";
import type { DynamicValue, Value } from "./values";
import { decodeValue, encodeValue } from "./values";

/** A provider that listens. */
export interface Listening {
  readonly port: number;
  close(): void;
}

/** Lets Terraform talk to a stand-in, on a port of 127.0.0.1. */
export async function listen(standIn: StandIn): Promise<Listening> {
  const options = { keepCase: true, longs: Number, defaults: false };
  const definition = loadSync(join(ROOT, "local/kubernetes/provider/tfplugin6.proto"), options);
  const { tfplugin6 } = loadPackageDefinition(definition) as unknown as {
    tfplugin6: { Provider: { service: ServiceDefinition } };
  };
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(tfplugin6.Provider.service, methodsOf(standIn));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { port, close: () => server.forceShutdown() };
}

/** The environment variable that sends Terraform to providers that run already, by the short names of their sources. */
export function reattach(ports: Readonly<Record<string, number>>): string {
  const entries = Object.entries(ports).map(([source, port]) => [
    source,
    {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** Everything that stands in any request. */
interface Request {
  readonly type_name: string;
  readonly config?: DynamicValue;
  readonly raw_state?: { readonly json?: Uint8Array };
  readonly current_state?: DynamicValue;
  readonly prior_state?: DynamicValue;
  readonly proposed_new_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
}

type Answer = Readonly<Record<string, unknown>>;

function methodsOf(standIn: StandIn): UntypedServiceImplementation {
  const legacy = (type: string): boolean => standIn.resource(type).legacy;
  return {
    GetProviderSchema: answering(() => ({
      provider: { version: 0, block: wireBlock(standIn.provider) },
      resource_schemas: Object.fromEntries(
        [...standIn.managed].map(([type, { schema }]) => [type, { version: 0, block: wireBlock(schema) }]),
      ),
    })),
    ValidateProviderConfig: answering(() => ({})),
    ValidateResourceConfig: answering(() => ({})),
    ValidateDataResourceConfig: answering(() => ({})),
    ConfigureProvider: answering(() => ({})),
    StopProvider: answering(() => ({})),
    UpgradeResourceState: answering(({ raw_state }) => ({
      upgraded_state: encodeValue(JSON.parse(Buffer.from(raw_state?.json ?? []).toString() || "null") as Value),
    })),
    ReadResource: answering(async ({ type_name, current_state }) => ({
      new_state: encodeValue(await standIn.read(type_name, decodeValue(current_state))),
    })),
    PlanResourceChange: answering(({ type_name, prior_state, proposed_new_state }) => {
      const { state, replacing } = standIn.plan(type_name, decodeValue(prior_state), decodeValue(proposed_new_state));
      return {
        planned_state: encodeValue(state),
        requires_replace: replacing.map((path) => ({ steps: stepsOf(path) })),
        legacy_type_system: legacy(type_name),
      };
    }),
    ApplyResourceChange: answering(async ({ type_name, prior_state, planned_state }) => ({
      new_state: encodeValue(await standIn.apply(type_name, decodeValue(prior_state), decodeValue(planned_state))),
      legacy_type_system: legacy(type_name),
    })),
  };
}

/** A call whose failure is told to Terraform in words, as its user will read them. */
function answering(answer: (request: Request) => Answer | Promise<Answer>): handleUnaryCall<Request, Answer> {
  return ({ request }, callback) => {
    void (async () => {
      try {
        callback(null, await answer(request));
      } catch (error) {
        const summary = error instanceof Error ? error.message : String(error);
        // What is there after a failure: what was made nevertheless, else what was there before.
        const left = error instanceof MadeInVain ? encodeValue(error.state) : request.prior_state;
        callback(null, {
          ...(left === undefined ? {} : { new_state: left }),
          diagnostics: [{ severity: 1, summary, detail: request.type_name }],
        });
      }
    })();
  };
}

/** Blocks are lists of one; a path that leads through one says so. */
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
    ...(type === undefined ? {} : { type: Buffer.from(JSON.stringify(type)) }),
    ...(nested === undefined
      ? {}
      : {
          nested_type: {
            attributes: Object.entries(nested.attributes).map(wireAttribute),
            nesting: NESTING[nested.nesting],
          },
        }),
  };
}
