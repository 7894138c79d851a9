import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/** Whether this user can create network namespaces. */
export function canCreateNamespaces(): boolean {
  const name = `groundwork-${process.pid}-probe`;
  const created = spawnSync("ip", ["netns", "add", name]).status === 0;
  if (created) spawnSync("ip", ["netns", "delete", name]);
  else console.warn("skipped: tests with network namespaces; they require root and iproute2");
  return created;
}

/** Responds with the local address of the connection and the address of the peer. */
const SERVER = `import socket, sys, threading
def serve(address, port):
    server = socket.create_server((address, port))
    while True:
        peer, _ = server.accept()
        peer.sendall(f"{peer.getsockname()[0]}:{port} from {peer.getpeername()[0]}".encode())
        peer.close()
for endpoint in sys.argv[1:]:
    address, port = endpoint.split(":")
    threading.Thread(target=serve, args=(address, int(port))).start()
print("ready", flush=True)
`;

/** A network namespace with its own interfaces, routes and rules, isolated from this machine's network. */
export class Host {
  static create(name: string): Host {
    const host = new Host(`groundwork-${process.pid}-${name}`);
    execFileSync("ip", ["netns", "add", host.name]);
    host.run("ip link set lo up");
    return host;
  }

  private readonly servers: ChildProcess[] = [];

  private constructor(readonly name: string) {}

  /** Runs shell commands in the namespace. Throws if one fails. */
  run(script: string): string {
    const { status, stdout, stderr } = spawnSync("ip", ["netns", "exec", this.name, "bash", "-euc", script], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${this.name}: ${script} ended with ${status}: ${stderr}`);
    return stdout;
  }

  /** Connects an interface of this host with one of another host. */
  connect(interfaceName: string, other: Host, otherName: string): void {
    const there = ["peer", "name", otherName, "netns", other.name];
    execFileSync("ip", ["link", "add", interfaceName, "netns", this.name, "type", "veth", ...there]);
    this.run(`ip link set ${interfaceName} up`);
    other.run(`ip link set ${otherName} up`);
  }

  /** MAC address of an interface. */
  macAddress(interfaceName: string): string {
    return this.run(`cat /sys/class/net/${interfaceName}/address`).trim();
  }

  /** Listens on addresses with ports. */
  async serve(...endpoints: readonly string[]): Promise<void> {
    const server = spawn("ip", ["netns", "exec", this.name, "python3", "-c", SERVER, ...endpoints], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.servers.push(server);
    await once(server.stdout, "data");
  }

  /** The response of a server: the called address and the caller's address; empty without a response. */
  call(address: string, port: number, from?: string): string {
    const code = `import socket, sys
source = (sys.argv[3], 0) if len(sys.argv) > 3 else None
print(socket.create_connection((sys.argv[1], int(sys.argv[2])), 2, source).recv(100).decode())`;
    const rest = [address, String(port), ...(from === undefined ? [] : [from])];
    const { stdout } = spawnSync("ip", ["netns", "exec", this.name, "python3", "-c", code, ...rest], {
      encoding: "utf8",
    });
    return stdout.trim();
  }

  remove(): void {
    for (const server of this.servers) server.kill("SIGKILL");
    spawnSync("ip", ["netns", "delete", this.name]);
  }
}
