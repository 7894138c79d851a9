import type { JsonObject } from "../../http/json";

/** The cloud says no. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    /** The cloud's own word for it, such as `SubnetInUse`. */
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** What was sent makes no sense. */
export function badRequest(message: string, type = "BadRequest"): Refusal {
  return new Refusal(400, type, message);
}

/** There is no such object. */
export function notFound(kind: string, id: string): Refusal {
  return new Refusal(404, `${kind.replaceAll(" ", "")}NotFound`, `${kind} ${id} could not be found`);
}

/** It cannot be done now: something else is in the way. */
export function conflict(type: string, message: string): Refusal {
  return new Refusal(409, type, message);
}

/** How a family of services words its refusals. */
export type Wording = (refusal: Refusal) => JsonObject;

/** Neutron and its kin. */
export const neutronWording: Wording = ({ type, message }) => ({ NeutronError: { type, message, detail: "" } });

/** Nova and Cinder: the kind is a key. */
export const novaWording: Wording = ({ status, message }) => ({
  [NOVA_WORDS[status] ?? "computeFault"]: { code: status, message },
});

/** Keystone and Glance. */
export const keystoneWording: Wording = ({ status, type, message }) => ({
  error: { code: status, title: type, message },
});

/** Octavia. */
export const octaviaWording: Wording = ({ message }) => ({
  faultcode: "Client",
  faultstring: message,
  debuginfo: null,
});

const NOVA_WORDS: Readonly<Record<number, string>> = {
  400: "badRequest",
  401: "unauthorized",
  403: "forbidden",
  404: "itemNotFound",
  409: "conflictingRequest",
};
