import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A socket with which a process accepts connections or datagrams. */
export interface Listener {
  readonly pid: number;
  readonly protocol: string;
  /** In the notation of /proc: groups of four bytes, the last byte first. */
  readonly address: string;
  readonly port: number;
}

/** 127.0.0.1, ::1, and 127.0.0.1 as an IPv6 address. */
const LOOPBACK = /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}0{4}FFFF[0-9A-F]{6}7F|0{16}FFFF0000[0-9A-F]{6}7F)$/;

/** States of `include/net/tcp_states.h`: TCP_LISTEN, and TCP_CLOSE of a UDP socket that is not connected to one peer. */
const ACCEPTING: Readonly<Record<string, string>> = {
  tcp: "0A",
  tcp6: "0A",
  udp: "07",
  udp6: "07",
  udplite: "07",
  raw: "07",
};

/** Whether only this machine can reach a listener. */
export function isOnLoopback({ address }: Listener): boolean {
  return LOOPBACK.test(address);
}

/** The listeners of processes, as the operating system reports them in /proc; requires Linux. */
export function listenersOf(pids: readonly number[]): readonly Listener[] {
  const owners = new Map(pids.flatMap((pid) => socketsOf(pid).map((inode) => [inode, pid] as const)));
  return Object.entries(ACCEPTING).flatMap(([protocol, accepting]) =>
    tableOf(protocol).flatMap((line) => {
      const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
      const [address = "", port = ""] = local.split(":");
      const pid = owners.get(inode);
      return pid === undefined || state !== accepting
        ? []
        : [{ pid, protocol, address, port: Number.parseInt(port, 16) }];
    }),
  );
}

function tableOf(protocol: string): readonly string[] {
  try {
    return readFileSync(`/proc/net/${protocol}`, "utf8").trimEnd().split("\n").slice(1);
  } catch (error) {
    // A kernel without this protocol; without TCP or UDP this is not Linux.
    if (["tcp", "udp"].includes(protocol)) throw error;
    return [];
  }
}

function socketsOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? [];
    } catch {
      // Closed since.
      return [];
    }
  });
}
