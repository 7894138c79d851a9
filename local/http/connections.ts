import type { ServerOptions } from "node:http";

/**
 * Idle connections stay open for longer than clients keep them, which is 90 seconds in Go and less elsewhere. Otherwise a client can
 * send a request on a connection that the server is closing; it then fails, or is sent twice.
 */
export const CONNECTIONS: ServerOptions = { keepAliveTimeout: 120_000 };
