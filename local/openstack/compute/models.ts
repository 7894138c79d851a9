import type { JsonObject } from "../../http/json";
import { Kind, type Row } from "../store";

/** A virtual machine. */
export interface Server extends Row {
  readonly name: string;
  readonly status: "BUILD" | "ACTIVE" | "SHUTOFF" | "RESIZE" | "VERIFY_RESIZE" | "ERROR";
  /** Status before a resize, restored afterwards. */
  readonly before: "ACTIVE" | "SHUTOFF";
  readonly task_state: string | null;
  readonly flavor_id: string;
  readonly key_name: string | null;
  readonly zone: string;
  readonly group_id: string | null;
  readonly metadata: JsonObject;
  readonly tags: readonly string[];
  /** User data in base64; empty when there is none. */
  readonly user_data: string;
  readonly created: string;
  /** Why the machine could not be built; `null` if it was. */
  readonly fault: string | null;
  /** Ids of the ports that were created for the machine and are deleted with it. */
  readonly own_ports: readonly string[];
  /** Ids of the volumes that are deleted with the machine. */
  readonly own_volumes: readonly string[];
}

export const SERVERS = new Kind<Server>("Server");

/** A machine type: number of CPUs, memory and disk. */
export interface Flavor extends Row {
  readonly name: string;
  readonly vcpus: number;
  /** Memory in MB. */
  readonly ram: number;
  /** Disk in GB; 0 when the machine must boot from a volume. */
  readonly disk: number;
}

export const FLAVORS = new Kind<Flavor>("Flavor");

/** An SSH public key that new machines accept. The id is the name. */
export interface KeyPair extends Row {
  readonly name: string;
  readonly public_key: string;
  readonly fingerprint: string;
}

export const KEY_PAIRS = new Kind<KeyPair>("Key pair");

/** A placement policy for a group of machines. */
export interface ServerGroup extends Row {
  readonly name: string;
  readonly policy: string;
}

export const SERVER_GROUPS = new Kind<ServerGroup>("Server group");
