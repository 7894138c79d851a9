import { execFileSync, spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Whether this user may make networks of their own. */
export function mayMakeNetworks(): boolean {
  const name = `groundwork-${process.pid}-probe`;
  const made = spawnSync("ip", ["netns", "add", name]).status === 0;
  if (made) spawnSync("ip", ["netns", "delete", name]);
  else console.warn("skipped: what needs network namespaces; they are made by root, with iproute2");
  return made;
}

/** Answers with who was called and who called, as it saw them. */
const SERVER = `import socket, sys, threading
def serve(address, port):
    server = socket.create_server((address, port))
    while True:
        peer, _ = server.accept()
        peer.sendall(f"{peer.getsockname()[0]}:{port} from {peer.getpeername()[0]}".encode())
        peer.close()
for place in sys.argv[1:]:
    address, port = place.split(":")
    threading.Thread(target=serve, args=(address, int(port))).start()
print("ready", flush=True)
`;

/** A network of the test's own: interfaces, routes and rules that nobody else has. Nothing in it reaches this machine's. */
export class Host {
  static make(name: string): Host {
    const host = new Host(`groundwork-${process.pid}-${name}`);
    execFileSync("ip", ["netns", "add", host.name]);
    host.run("ip link set lo up");
    return host;
  }

  private readonly servers: ChildProcess[] = [];

  private constructor(readonly name: string) {}

  /** Runs commands of the shell there. Throws when one fails. */
  run(script: string): string {
    const { status, stdout, stderr } = spawnSync("ip", ["netns", "exec", this.name, "bash", "-euc", script], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${this.name}: ${script} ended with ${status}: ${stderr}`);
    return stdout;
  }

  /** A wire between an interface here and one of another's. */
  wire(interfaceName: string, other: Host, otherName: string): void {
    const there = ["peer", "name", otherName, "netns", other.name];
    execFileSync("ip", ["link", "add", interfaceName, "netns", this.name, "type", "veth", ...there]);
    this.run(`ip link set ${interfaceName} up`);
    other.run(`ip link set ${otherName} up`);
  }

  /** Address of an interface's hardware. */
  hardware(interfaceName: string): string {
    return this.run(`cat /sys/class/net/${interfaceName}/address`).trim();
  }

  /** Listens at addresses with ports. */
  async serve(...places: readonly string[]): Promise<void> {
    const server = spawn("ip", ["netns", "exec", this.name, "python3", "-c", SERVER, ...places], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.servers.push(server);
    await once(server.stdout, "data");
  }

  /** What answers there: who it was for, and from whom it came; nothing when nobody does. */
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
