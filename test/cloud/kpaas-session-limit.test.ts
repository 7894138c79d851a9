import { programText } from "@groundwork/constructs/boot/program-text";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { SessionLimit } from "@groundwork/constructs/kpaas/portal/session-limit";
import { BootRoot } from "../support/boot-root";
import type { KeycloakBehaviour } from "../support/keycloak";
import { Keycloak } from "../support/keycloak";

const PASSWORD = ["of", "the", "administrator"].join("-");
const FIRST = ["first", "password", "here"].join("-");
const CONFIG = "/admin/realms/cp-realm/authentication/config";

describe("SessionLimit, really set", () => {
  const ends: (() => unknown)[] = [];
  afterAll(async () => {
    for (const end of ends) await end();
  });

  async function scene(behaviour: KeycloakBehaviour = {}, limit = SessionLimit.unlimited()) {
    const keycloak = await Keycloak.start(PASSWORD, behaviour);
    const boot = CloudInit.ubuntu().with(
      Files.settings("/etc/kpaas/portal.env", { KEYCLOAK_URL: keycloak.url, SESSION_LIMIT: limit.toString() }),
      Files.program("/usr/local/lib/kpaas/keycloak.py", programText("kpaas", "portal/keycloak.py")),
      Steps.script("keycloak", programText("kpaas", "portal/keycloak.sh")),
    );
    const root = new BootRoot(boot.render(), { kubectl: 'cat "$ROOT/secret.json"' });
    const secret = (password: string) => {
      const values = { KEYCLOAK_ADMIN_USERNAME: "admin", KEYCLOAK_ADMIN_PASSWORD: password };
      const data = Object.entries(values).map(([name, value]) => [name, Buffer.from(value).toString("base64")]);
      root.write("/secret.json", JSON.stringify({ data: Object.fromEntries(data) as unknown }));
    };
    secret(PASSWORD);
    root.write("/etc/kpaas/portal-secrets.json", JSON.stringify({ PORTAL_ADMIN_PASSWORD: FIRST }));
    root.write("/var/lib/kpaas/.keep", "");
    ends.push(
      () => keycloak.stop(),
      () => {
        root.remove();
      },
    );
    const set = async (env: NodeJS.ProcessEnv = {}) => {
      root.write(
        "/again",
        `bash ${root.path("/usr/local/lib/groundwork/first-boot.d/01-keycloak")} >${root.path("/said")} 2>&1`,
      );
      const code = await root.run(root.path("/again"), { POLL_SECONDS: "0.05", DEADLINE_SECONDS: "3", ...env });
      return { code, said: root.read("/said") };
    };
    return { keycloak, root, secret, set };
  }

  test("by the id in the flow's execution, of the two configurations with one alias", async () => {
    const { keycloak, set } = await scene();
    expect(await set()).toMatchObject({ code: 0 });
    expect(keycloak.configs.get("limiter-config")).toEqual({
      userRealmLimit: "-1",
      userClientLimit: "-1",
      behavior: "Deny new session",
      errorMessage: "too many",
    });
    expect(keycloak.configs.get("other-config")).toMatchObject({ userClientLimit: "1" });
  });

  test("not at all where it is what it should be, nor anything else of a second run", async () => {
    const { keycloak, set } = await scene();
    await set();
    keycloak.changes.splice(0);
    expect(await set()).toEqual({ code: 0, said: "" });
    expect(keycloak.changes).toEqual([]);
  });

  test("to a number, and back when people have changed it", async () => {
    const { keycloak, set } = await scene({}, SessionLimit.of(3));
    await set();
    keycloak.configs.set("limiter-config", { userClientLimit: "9" });
    keycloak.changes.splice(0);
    await set();
    expect(keycloak.configs.get("limiter-config")).toEqual({ userClientLimit: "3" });
    expect(keycloak.changes).toEqual([`PUT ${CONFIG}/limiter-config`]);
  });

  test("where the limiter had no configuration, and would have let nobody in", async () => {
    const { keycloak, set } = await scene({ unconfigured: true });
    expect(await set()).toMatchObject({ code: 0 });
    expect(keycloak.configs.get("made-config")).toMatchObject({ userClientLimit: "-1" });
  });

  test("with a new token when the minute of the old one is over", async () => {
    const { keycloak, set } = await scene({ requestsPerToken: 2 });
    expect(await set()).toMatchObject({ code: 0 });
    expect(keycloak.configs.get("limiter-config")).toMatchObject({ userClientLimit: "-1" });
  });

  test("once Keycloak is up", async () => {
    const { set } = await scene({ unreadyFor: 5 });
    expect(await set()).toMatchObject({ code: 0 });
  });

  test("never with a wrong password: it says so at once", async () => {
    const { keycloak, secret, set } = await scene();
    secret("another");
    const { code, said } = await set();
    expect(code).toBe(1);
    expect(said).toMatch(/^kpaas: Keycloak refused POST \S+\/token: 401$/m);
    expect(keycloak.changes).toEqual([]);
  });

  test("not while Keycloak is away: it says so when the time is over", async () => {
    const { keycloak, set } = await scene();
    await keycloak.stop();
    ends.splice(ends.length - 2, 1);
    const { code, said } = await set({ DEADLINE_SECONDS: "0.5" });
    expect(code).toBe(1);
    expect(said).toContain("kpaas: Keycloak does not answer");
  });

  test("beside keys that are the realm's own, for what they were for, in place of the public ones", async () => {
    const { keycloak, set } = await scene();
    const imported = keycloak.components.map(({ id }) => id);
    await set();
    expect(keycloak.components.map(({ name }) => name).sort()).toEqual(
      ["aes", "hmac", "rsa-enc", "rsa"].map((kind) => `groundwork-${kind}-generated`),
    );
    for (const { id, config, providerId } of keycloak.components) {
      expect(imported).not.toContain(id);
      expect(config["priority"]).toEqual(["200"]);
      expect(config["algorithm"]).toEqual(providerId === "hmac-generated" ? ["HS512"] : undefined);
    }
  });

  test("beside a password for the first user, given once: later it is the user's own", async () => {
    const { keycloak, set } = await scene();
    await set();
    expect(keycloak.passwords.get("first")).toBe(FIRST);
    keycloak.passwords.set("first", "of the user's own");
    await set();
    expect(keycloak.passwords.get("first")).toBe("of the user's own");
  });

  test("with no password in an argument or a word", async () => {
    const { root, set } = await scene();
    const { said } = await set();
    for (const secret of [PASSWORD, FIRST]) expect(`${said}${root.calls.join("\n")}`).not.toContain(secret);
  });
});
