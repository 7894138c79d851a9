import { setTimeout as sleep } from "node:timers/promises";
import { field, idOf, listOf, type Probe, UNKNOWN_ID } from "./probe";

/** Volumes: creation, growth, attachment. */
export async function probeVolumes(probe: Probe): Promise<void> {
  const images = listOf(await probe.send("GET", "image", "/v2/images"), "images");
  const create = (name: string, volume: object) =>
    probe.ask(`volume ${name}`, ["POST", "volumev3", "/volumes"], { volume });
  await create("smaller than its image", {
    size: 5,
    imageRef: images.find(({ name }) => String(name).startsWith("ubuntu"))?.["id"],
  });
  await create("of size 0", { size: 0 });
  await create("of an unknown type", { size: 1, volume_type: "nope" });
  await create("in an unknown zone", { size: 1, availability_zone: "nope" });
  await create("above the quota", { size: 5_000 });
  await create("with an unknown image", { size: 10, imageRef: UNKNOWN_ID });
  const volume = idOf(await create("", { size: 1, name: "probe" }), "volume");
  await grow(probe, volume);
  await probe.send("DELETE", "volumev3", `/volumes/${volume}`);
  await probe.ask("unknown volume", ["GET", "volumev3", `/volumes/${UNKNOWN_ID}`]);
}

async function grow(probe: Probe, volume: string): Promise<void> {
  const extend = (name: string, size: number) =>
    probe.ask(`volume ${name}`, ["POST", "volumev3", `/volumes/${volume}/action`], { "os-extend": { new_size: size } });
  await available(probe, volume);
  await extend("grows", 2);
  await available(probe, volume);
  await probe.ask("volume afterwards", ["GET", "volumev3", `/volumes/${volume}`], undefined, (body) => [
    field(body, "volume.status"),
    field(body, "volume.size"),
  ]);
  await extend("keeps its size", 2);
  await extend("shrinks", 1);
  await extend("grows above the quota", 5_000);
}

async function available(probe: Probe, volume: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const status = field(await probe.send("GET", "volumev3", `/volumes/${volume}`), "volume.status");
    if (status === "available" || status === "error") return;
    await sleep(500);
  }
}
