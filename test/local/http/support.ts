import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** A server on 127.0.0.1 for one test file. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Creates a server from a listener that may be asynchronous. */
export function serverOf(listener: (...args: Parameters<RequestListener>) => unknown): Server {
  return createServer((...args) => void listener(...args));
}

/** Stops a server and its connections. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Sends the bytes of a request and returns status and text of the response. A client library would correct the request. */
export function sendRaw(port: number, lines: readonly string[], body = ""): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.once("error", reject);
    socket.once("close", () => {
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text });
    });
    // Not ended: the server would take the end of the connection for the client's loss of interest.
    socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  });
}
