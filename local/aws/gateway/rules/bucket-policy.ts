import { type Json, jsonOf, listOf, objectOf } from "../response";
import type { Call } from "../call";
import type { Rule } from "../rule";

/**
 * moto enforces bucket policies, but treats every condition as not met and then denies: "deny without TLS" or "CloudFront may
 * read" would lock the owner out of the bucket. moto receives the policy without conditions; clients receive the original.
 */
export function bucketPolicy(): Rule {
  const policyOf = new Map<string, Buffer>();
  return {
    name: "conditions in a bucket policy",
    applies: (call) => call.service === "s3" && (call.query.has("policy") || isBucketDeletion(call)),
    async handle(call, forward) {
      const bucket = call.path.split("/")[1] ?? "";
      const real = policyOf.get(bucket);
      if (call.method === "GET" && real !== undefined) {
        return { status: 200, headers: { "content-type": "application/json" }, body: real };
      }
      const response = await forward(call.method === "PUT" ? withoutConditions(call) : call);
      if (call.method === "PUT" && response.status < 300) policyOf.set(bucket, call.body);
      if (call.method === "DELETE" && response.status < 300) policyOf.delete(bucket);
      return response;
    },
  };
}

function isBucketDeletion({ method, path, query }: Call): boolean {
  return method === "DELETE" && /^\/[^/]+\/?$/.test(path) && query.size === 0;
}

/** Removes conditional denials, and the conditions of other statements; moto allows the owner everything anyway. */
function withoutConditions(call: Call): Call {
  const { Statement, ...policy } = jsonOf(call);
  const statements = listOf(Statement)
    .filter((statement) => !isConditionalDenial(statement))
    .map(withoutCondition);
  // moto rejects a policy without statements.
  if (statements.length === 0) return { ...call, method: "DELETE", body: Buffer.alloc(0) };
  return { ...call, body: Buffer.from(JSON.stringify({ ...policy, Statement: statements })) };
}

function isConditionalDenial(statement: Json): boolean {
  const { Effect, Condition } = objectOf(statement);
  return Effect === "Deny" && Condition !== undefined;
}

function withoutCondition(statement: Json): Json {
  const { Condition: _condition, ...rest } = objectOf(statement);
  return rest;
}
