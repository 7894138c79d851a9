import type { IncomingMessage, ServerResponse } from "node:http";

/** A request that a server of the local cloud rejects before it processes it. */
export class RejectedRequest extends Error {
  override readonly name = "RejectedRequest";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** How long a client may take to send the rest of a rejected request. */
const REST_MS = 30_000;

/** Responds to a rejected request. The rest of its body is read and discarded, so that the client receives the response. */
export function sendRejection(message: IncomingMessage, response: ServerResponse, rejection: RejectedRequest): void {
  const text = JSON.stringify({ message: rejection.message });
  response.writeHead(rejection.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
  // Behind a complete request, the connection belongs to the next one.
  if (message.complete) return;
  message.resume();
  const deadline = setTimeout(() => {
    message.destroy();
  }, REST_MS).unref();
  for (const event of ["end", "close"])
    message.once(event, () => {
      clearTimeout(deadline);
    });
}
