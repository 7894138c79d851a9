import type { JsonObject } from "../../http/json";

/** An error that a service of a cloud returns to the client. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    /** The error type of the real service, such as `SubnetInUse`. */
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** The request is invalid. */
export function badRequest(message: string, type = "BadRequest"): ApiError {
  return new ApiError(400, type, message);
}

/** The object does not exist. */
export function notFound(kind: string, id: string): ApiError {
  const type = kind.replace(/(^| )(\w)/g, (_, _space, letter: string) => letter.toUpperCase());
  return new ApiError(404, `${type}NotFound`, `${kind} ${id} could not be found`);
}

/** The request conflicts with the present state of the object or of another one. */
export function conflict(type: string, message: string): ApiError {
  return new ApiError(409, type, message);
}

/** Formats an error as the body that a family of services returns. */
export type ErrorFormat = (error: ApiError) => JsonObject;

/** Neutron, and NHN Cloud's own network API. */
export const neutronError: ErrorFormat = ({ type, message }) => ({ NeutronError: { type, message, detail: "" } });

/** Nova and Cinder: the kind of error is the key. */
export const novaError: ErrorFormat = ({ status, message }) => ({
  [NOVA_KEYS[status] ?? "computeFault"]: { code: status, message },
});

/** Keystone and Glance. */
export const keystoneError: ErrorFormat = ({ status, type, message }) => ({
  error: { code: status, title: type, message },
});

/** Octavia. */
export const octaviaError: ErrorFormat = ({ message }) => ({
  faultcode: "Client",
  faultstring: message,
  debuginfo: null,
});

const NOVA_KEYS: Readonly<Record<number, string>> = {
  400: "badRequest",
  401: "unauthorized",
  403: "forbidden",
  404: "itemNotFound",
  409: "conflictingRequest",
  413: "overLimit",
};
