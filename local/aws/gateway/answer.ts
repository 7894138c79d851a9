import type { Answer, Call } from "./call";

/** Anything JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** An answer in JSON. */
export function jsonAnswer(body: JsonObject, status = 200): Answer {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(body)) };
}

/** An answer in XML. */
export function xmlAnswer(body: string, status = 200): Answer {
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
}

/** The JSON object that a call or an answer carries; an empty one when it carries something else. */
export function jsonOf({ body }: Pick<Call | Answer, "body">): JsonObject {
  if (body.length === 0) return {};
  try {
    return objectOf(JSON.parse(body.toString()) as Json);
  } catch {
    return {};
  }
}

/** A value as an object; an empty one when it is something else. */
export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** A value as a list; an empty one when it is something else. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** A value as text; empty when it is something else. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The answer with its body rewritten as text; failures are left as they are, so that the client sees the true error. */
export function rewriteText(answer: Answer, rewrite: (text: string) => string): Answer {
  return answer.status >= 300 ? answer : { ...answer, body: Buffer.from(rewrite(answer.body.toString())) };
}

/** The answer with its JSON body rewritten; failures are left as they are. */
export function rewriteJson(answer: Answer, rewrite: (body: JsonObject) => JsonObject): Answer {
  return answer.status >= 300 ? answer : { ...answer, body: Buffer.from(JSON.stringify(rewrite(jsonOf(answer)))) };
}

/** `base` with `over` laid on it: objects are merged key by key, everything else is replaced. */
export function merged(base: JsonObject, over: JsonObject): JsonObject {
  const result: Record<string, Json | undefined> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    result[key] = isObject ? merged(objectOf(result[key]), objectOf(value)) : value;
  }
  return result;
}
