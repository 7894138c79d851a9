import { jsonOf, listOf, objectOf } from "../answer";
import type { Json } from "../answer";
import type { Call } from "../call";
import type { Rule } from "../rule";

/**
 * moto obeys bucket policies, but takes every condition for unmet and then denies: "deny without TLS" or "CloudFront may
 * read" would close the bucket to its owner. Give moto the policy without what it cannot judge; show clients the real one.
 */
export function bucketPolicy(): Rule {
  const policyOf = new Map<string, Buffer>();
  return {
    name: "conditions in a bucket's policy",
    applies: (call) => call.service === "s3" && (call.query.has("policy") || isBucketDeletion(call)),
    async answer(call, forward) {
      const bucket = call.path.split("/")[1] ?? "";
      const real = policyOf.get(bucket);
      if (call.method === "GET" && real !== undefined) {
        return { status: 200, headers: { "content-type": "application/json" }, body: real };
      }
      const answer = await forward(call.method === "PUT" ? judgeable(call) : call);
      if (call.method === "PUT" && answer.status < 300) policyOf.set(bucket, call.body);
      if (call.method === "DELETE" && answer.status < 300) policyOf.delete(bucket);
      return answer;
    },
  };
}

function isBucketDeletion({ method, path, query }: Call): boolean {
  return method === "DELETE" && /^\/[^/]+\/?$/.test(path) && query.size === 0;
}

/** A denial under a condition is left out; a permission loses its condition, for moto permits the owner anyway. */
function judgeable(call: Call): Call {
  const { Statement, ...policy } = jsonOf(call);
  const statements = listOf(Statement)
    .filter((statement) => !isConditionalDenial(statement))
    .map(withoutCondition);
  // moto takes no policy without statements.
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
