import { setTimeout as sleep } from "node:timers/promises";
import { field, listOf, type Probe, showing, UNKNOWN_ID } from "./probe";
import type { ProbeNetwork } from "./network";

const PAIRS = "/os-keypairs";

/** A text, not a key that anyone has the private half of. */
export const SAMPLE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdyb3VuZHdvcmsgc2FtcGxlIGtleSwgbm8gc2VjcmV0 operators";

/** Key pairs, machines, server groups. */
export async function probeCompute(probe: Probe, network: ProbeNetwork): Promise<void> {
  await keyPairs(probe);
  await machines(probe, network);
  await settled(probe);
  await machinesAfterwards(probe);
  await probe.ask("port of a machine deleted", ["DELETE", "network", `/v2.0/ports/${network.ports[1]}`]);
  await serverGroups(probe);
}

async function keyPairs(probe: Probe): Promise<void> {
  const create = (label: string, name: string, key = SAMPLE) =>
    probe.ask(
      label,
      ["POST", "compute", PAIRS],
      { keypair: { name, public_key: key } },
      showing("keypair.fingerprint"),
    );
  for (const [label, name] of [
    ["a dot", "probe.dot"],
    ["an underscore", "probe_under"],
    ["a space", "probe space"],
    ["33 characters", "x".repeat(33)],
    ["256 characters", "x".repeat(256)],
    ["no characters", ""],
  ] as const) {
    await create(`key pair named with ${label}`, name);
    await probe.send("DELETE", "compute", `${PAIRS}/${encodeURIComponent(name)}`);
  }
  await create("key pair", "probe");
  await create("key pair twice", "probe");
  await create("key pair with an incomplete key", "probe2", SAMPLE.replace("8gc2VjcmV0", "8gc2Vj"));
  await create("key pair with nonsense", "probe3", "ssh-ed25519 nonsense");
  await create("key pair with another type", "probe4", SAMPLE.replace("ssh-ed25519", "ssh-rsa"));
  await create("key pair without a type", "probe5", SAMPLE.split(" ")[1]);
  await probe.ask("unknown key pair deleted", ["DELETE", "compute", `${PAIRS}/unknown`]);
}

async function machines(probe: Probe, { external, network, ports }: ProbeNetwork): Promise<void> {
  const flavors = listOf(await probe.send("GET", "compute", "/flavors"), "flavors");
  const images = listOf(await probe.send("GET", "image", "/v2/images"), "images");
  const flavorRef = flavors.find(({ name }) => name === "m1.c1m2")?.["id"];
  const uuid = images.find(({ name }) => String(name).startsWith("ubuntu-22.04"))?.["id"];
  const disk = {
    boot_index: 0,
    uuid,
    source_type: "image",
    destination_type: "volume",
    volume_size: 30,
    delete_on_termination: true,
  };
  const base = { name: "probe", flavorRef, networks: [{ port: ports[1] }], block_device_mapping_v2: [disk] };
  const create = (name: string, changes: object, hints: object = {}) =>
    probe.ask(`machine ${name}`, ["POST", "compute", "/servers"], { server: { ...base, ...changes }, ...hints });
  const withDisk = (changes: object) => ({ block_device_mapping_v2: [{ ...disk, ...changes }] });
  await create("with an unknown flavor", { flavorRef: "nope" });
  await create("with an unknown key pair", { key_name: "nope" });
  await create("in an unknown zone", { availability_zone: "nope" });
  await create("with an unknown image", withDisk({ uuid: UNKNOWN_ID }));
  await create("with a disk smaller than its image", withDisk({ volume_size: 5 }));
  await create("with a disk without size", withDisk({ volume_size: undefined }));
  await create("with two boot disks", { block_device_mapping_v2: [disk, disk] });
  await create("without boot disk", withDisk({ boot_index: -1 }));
  await create("with an unknown port", { networks: [{ port: UNKNOWN_ID }] });
  await create("in an unknown network", { networks: [{ uuid: UNKNOWN_ID }] });
  await create("without networks", { networks: undefined });
  await create("with user data above the limit", { user_data: "QUJD".repeat(22_000) });
  await create("with user data that is not base64", { user_data: "not base64!" });
  await create("in an unknown server group", {}, { "os:scheduler_hints": { group: UNKNOWN_ID } });
  await create("with an unknown security group", {
    networks: [{ uuid: network }],
    security_groups: [{ name: "nope" }],
  });
  await create("with a volume type", withDisk({ volume_type: "nope" }));
  await create("without image and disk", { block_device_mapping_v2: undefined });
  await create("with a long name", { name: "x".repeat(256) });
  await create("without a name", { name: "" });
  await create("without a flavor", { flavorRef: undefined });
  await create("with an unknown field", { colour: "red" });
  await create("", { name: "a b_c" });
  await settled(probe);
  await create("with a port in use", {});
  await create("in the external network", { networks: [{ uuid: external }] });
  await probe.ask("unknown machine", ["GET", "compute", `/servers/${UNKNOWN_ID}`]);
}

/** Waits until no machine is being created. */
async function settled(probe: Probe): Promise<void> {
  for (let attempt = 0; attempt < 90; attempt += 1) {
    const servers = listOf(await probe.send("GET", "compute", "/servers/detail"), "servers");
    if (servers.every(({ status }) => status !== "BUILD")) break;
    await sleep(1_000);
  }
}

async function machinesAfterwards(probe: Probe): Promise<void> {
  await probe.ask("machines afterwards", ["GET", "compute", "/servers/detail"], undefined, (body) =>
    listOf(body, "servers")
      .map(({ name, status }) => `${String(name)} ${String(status)}`)
      .sort(),
  );
}

async function serverGroups(probe: Probe): Promise<void> {
  const create = (name: string, group: object, version?: string) =>
    probe.ask(
      `server group ${name}`,
      ["POST", "compute", "/os-server-groups"],
      { server_group: { name: "probe", ...group } },
      (body) => field(body, "server_group.policy") ?? field(body, "server_group.policies"),
      version === undefined
        ? {}
        : { "x-openstack-nova-api-version": version, "openstack-api-version": `compute ${version}` },
    );
  await create("with an unknown policy", { policies: ["apart"] });
  await create("with policies in a new version", { policies: ["affinity"] }, "2.64");
  await create("with a policy in an old version", { policy: "affinity" });
  await create("with a soft policy in an old version", { policies: ["soft-anti-affinity"] });
  await create("with a soft policy", { policy: "soft-anti-affinity" }, "2.64");
  await create("with a policy", { policies: ["anti-affinity"] });
  for (const { id } of listOf(await probe.send("GET", "compute", "/os-server-groups"), "server_groups"))
    await probe.send("DELETE", "compute", `/os-server-groups/${String(id)}`);
  await probe.ask("unknown server group", ["GET", "compute", `/os-server-groups/${UNKNOWN_ID}`]);
}
