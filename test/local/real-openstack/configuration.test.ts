import { configurationFiles, copiedFiles } from "@groundwork/local/real-openstack/configuration";
import { authUrl, catalog, createPlan, type Plan } from "@groundwork/local/real-openstack/plan";
import {
  databaseProgram,
  epmdProgram,
  keystoneProgram,
  messagingProgram,
  programEnvironment,
  servicePrograms,
} from "@groundwork/local/real-openstack/programs";

const PORTS = {
  keystone: 20_001,
  glance: 20_002,
  placement: 20_003,
  nova: 20_004,
  neutron: 20_005,
  cinder: 20_006,
  octavia: 20_007,
  amqp: 20_008,
  erlang: 20_009,
  epmd: 20_010,
};
const PLAN: Plan = { packages: "/cache/packages", directory: "/tmp/cloud", ports: PORTS };

const programs = [
  epmdProgram(PLAN),
  messagingProgram(PLAN),
  databaseProgram(PLAN),
  keystoneProgram(PLAN),
  ...servicePrograms(PLAN),
];
const environment = programEnvironment(PLAN);
const everything = [
  ...Object.values(configurationFiles(PLAN)),
  ...programs.flatMap(({ args }) => args),
  ...Object.entries(environment).map(([name, value]) => `${name}=${String(value)}`),
];

describe("the configuration of a real OpenStack", () => {
  test("contains no address other than 127.0.0.1", () => {
    const addresses = everything.flatMap((text) => text.match(/\b\d{1,3}(\.\d{1,3}){3}\b/g) ?? []);
    expect([...new Set(addresses)]).toEqual(["127.0.0.1"]);
    const hosts = everything.flatMap((text) =>
      [...text.matchAll(/\w+:\/\/(?:[^@/\s]*@)?([\w.]+)/g)].map(([, host]) => host),
    );
    expect([...new Set(hosts)].sort()).toEqual(["127.0.0.1", "localhost"]);
  });

  test("uses the planned ports and no fixed ones", () => {
    const text = everything.join("\n");
    for (const port of Object.values(PORTS)) expect(text).toContain(String(port));
    for (const standard of [5_000, 5_672, 8_774, 8_776, 8_778, 9_292, 9_696, 9_876, 4_369, 3_306])
      expect(text).not.toMatch(new RegExp(`[: =]${standard}\\b`));
  });

  test("keeps the database off the network", () => {
    expect(databaseProgram(PLAN).args).toContain("--skip-networking");
    expect(configurationFiles(PLAN)["etc/nova/nova.conf"]).toContain("unix_socket=/tmp/cloud/mariadb.sock");
  });

  test("refers to no directory of an installed service, which only root could write", () => {
    const keystone = configurationFiles(PLAN)["etc/keystone/keystone.conf"] ?? "";
    expect(keystone.match(/key_repository = \S+/g)).toHaveLength(3);
    expect(everything.filter((text) => /(^|[ =:])\/(etc|var)\//.test(text))).toEqual([]);
  });

  test("passes none of the user's variables to the services", () => {
    process.env["OS_PASSWORD"] = "secret";
    expect(JSON.stringify(programEnvironment(PLAN))).not.toContain("secret");
    delete process.env["OS_PASSWORD"];
  });

  test("has one program for each service and hypervisor, with distinct names", () => {
    const names = programs.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.startsWith("nova-compute"))).toHaveLength(3);
  });

  test("lists every API in the catalog, the identity service at its version", () => {
    expect(
      catalog(PLAN)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(["compute", "identity", "image", "load-balancer", "network", "placement", "volumev3"]);
    expect(authUrl(PLAN)).toBe("http://127.0.0.1:20001/v3");
  });

  test("copies the pipelines of the APIs next to their configuration", () => {
    expect(copiedFiles()["usr/share/nova-common/api-paste.ini"]).toBe("etc/nova/api-paste.ini");
  });

  test("chooses distinct free ports", async () => {
    const { ports } = await createPlan("/cache/packages", "/tmp/cloud");
    expect(new Set(Object.values(ports)).size).toBe(Object.keys(PORTS).length);
  });
});
