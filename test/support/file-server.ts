import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** How a server of one file behaves. */
export interface FileServerProps {
  readonly content: Buffer;
  /** @default - 200 */
  readonly status?: number;
  /** Whether ranges are supported. @default - they are */
  readonly hasRanges?: boolean;
  /** Bytes that the responses contain before the connection is cut, in order; later ones are complete. @default - none is cut */
  readonly cuts?: readonly number[];
  /** Size of the client's file: a connection is cut when the client has all that was sent. @default - it is cut at once */
  readonly received?: () => number;
  /** Milliseconds before each response. @default - none */
  readonly delay?: number;
}

/** A server of one file on a free port of 127.0.0.1, which records the requested ranges. */
export class FileServer {
  static async start(props: FileServerProps): Promise<FileServer> {
    const ranges: (string | undefined)[] = [];
    const sockets = new Set<Socket>();
    const server = createServer((incoming, outgoing) => {
      ranges.push(incoming.headers.range);
      const cut = props.cuts?.[ranges.length - 1];
      const later = () => {
        respond(props, incoming, outgoing, cut);
      };
      setTimeout(later, props.delay ?? 0).unref();
    });
    server.on("connection", (socket) => sockets.add(socket));
    // As a proxy it is silent; without a listener Node would close the connection.
    server.on("connect", () => undefined);
    return new FileServer(await listening(server), server, ranges, sockets);
  }

  private constructor(
    readonly port: number,
    private readonly server: Server,
    /** The range of each request. */
    readonly ranges: readonly (string | undefined)[],
    private readonly sockets: ReadonlySet<Socket>,
  ) {}

  url(path = "/file"): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

/** A proxy on a free port of 127.0.0.1 that sends all connections to one port, for any host. */
export class Proxy {
  static async start(target: number): Promise<Proxy> {
    const hosts: string[] = [];
    const sockets: Socket[] = [];
    const server = createServer((incoming, outgoing) => {
      hosts.push(incoming.headers.host ?? "");
      const { pathname } = new URL(incoming.url ?? "");
      const forwarded = request({ host: "127.0.0.1", port: target, path: pathname }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      });
      forwarded.end();
    });
    server.on("connect", (incoming: IncomingMessage, socket: Socket) => {
      hosts.push(incoming.url ?? "");
      const upstream = connect(target, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      sockets.push(socket, upstream);
      for (const end of [socket, upstream]) end.on("error", () => undefined);
    });
    return new Proxy(await listening(server), server, hosts, sockets);
  }

  private constructor(
    readonly port: number,
    private readonly server: Server,
    /** The hosts that clients requested. */
    readonly hosts: readonly string[],
    private readonly sockets: readonly Socket[],
  ) {}

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function respond(
  { content, status = 200, hasRanges = true, received }: FileServerProps,
  { headers }: IncomingMessage,
  outgoing: ServerResponse,
  cut: number | undefined,
): void {
  const start = hasRanges ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0) : 0;
  if (status === 200 && start >= content.length && start > 0) {
    outgoing.writeHead(416, { "Content-Range": `bytes */${content.length}` }).end();
    return;
  }
  const body = content.subarray(start);
  const range = { "Content-Range": `bytes ${start}-${content.length - 1}/${content.length}` };
  outgoing.writeHead(start === 0 ? status : 206, { "Content-Length": body.length, ...(start === 0 ? {} : range) });
  if (cut === undefined) {
    outgoing.end(body);
    return;
  }
  if (cut > 0) outgoing.write(body.subarray(0, cut));
  else outgoing.flushHeaders();
  const timer = setInterval(() => {
    if (received !== undefined && received() < start + cut) return;
    clearInterval(timer);
    outgoing.destroy();
  }, 5);
  outgoing.on("close", () => {
    clearInterval(timer);
  });
}
