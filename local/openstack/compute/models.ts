import type { JsonObject } from "../../http/json";
import { Kind, type Row } from "../store";

/** A machine. */
export interface Server extends Row {
  readonly name: string;
  readonly status: "BUILD" | "ACTIVE" | "SHUTOFF" | "RESIZE" | "VERIFY_RESIZE";
  /** How it was before it was given another size. */
  readonly before: "ACTIVE" | "SHUTOFF";
  readonly task_state: string | null;
  readonly flavor_id: string;
  readonly key_name: string | null;
  readonly zone: string;
  readonly group_id: string | null;
  readonly metadata: JsonObject;
  readonly tags: readonly string[];
  /** In base64; empty when there is none. */
  readonly user_data: string;
  readonly created: string;
  /** Ports that came with the machine and go with it. */
  readonly own_ports: readonly string[];
  /** Volumes that go with the machine. */
  readonly own_volumes: readonly string[];
}

export const SERVERS = new Kind<Server>("Server");

/** A size of machines. */
export interface Flavor extends Row {
  readonly name: string;
  readonly vcpus: number;
  /** In MB. */
  readonly ram: number;
  /** In GB; 0 where the disk is a volume. */
  readonly disk: number;
}

export const FLAVORS = new Kind<Flavor>("Flavor");

/** A public key that new machines trust. Its id is its name. */
export interface KeyPair extends Row {
  readonly name: string;
  readonly public_key: string;
  readonly fingerprint: string;
}

export const KEY_PAIRS = new Kind<KeyPair>("Key pair");

/** How machines are placed towards each other. */
export interface ServerGroup extends Row {
  readonly name: string;
  readonly policy: string;
}

export const SERVER_GROUPS = new Kind<ServerGroup>("Server group");
