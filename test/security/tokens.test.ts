import { SshKeys } from "@groundwork/constructs/boot/parts/ssh-keys";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { BOO004, BOO008 } from "@groundwork/constructs/boot/rules";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { GLB002 } from "@groundwork/constructs/gitlab/rules";
import { NfsServer } from "@groundwork/constructs/kpaas/boot/nfs-server";
import { KPB001 } from "@groundwork/constructs/kpaas/boot/rules";
import { Fn, Token } from "cdktf";

/** A value that is known only at apply. */
const TOKEN = Token.asString(Fn.lookup({ a: "b" }, "a"));

describe("a token with other text", () => {
  test("is no address of an NFS client", () => {
    const client = (address: string) => () => NfsServer.exportingTo({ nodes: [{ name: "a", address }] });
    expect(client(TOKEN)().exports).toBe(`/home/share/nfs ${TOKEN}(rw,no_root_squash,async)\n`);
    expect(client(`${TOKEN}(ro) *`)).toViolate(KPB001);
  });

  test("is no host of a URL", () => {
    const host = (url: string) => () => Tls.none().checkedHost(url, true, "server");
    expect(host(`http://${TOKEN}`)()).toBe(TOKEN);
    expect(host(`http://${TOKEN}'; system('id'); '`)).toViolate(GLB002);
  });

  test("is one key and one setting", () => {
    for (const key of [`${TOKEN}\nssh-rsa AAAA`, `command="id" ${TOKEN}`, `ssh-dss ${TOKEN}`, `${TOKEN}${TOKEN}`])
      expect(() => SshKeys.of(key)).toViolate(BOO004, /value of its own/);
    for (const key of [TOKEN, `${TOKEN} operator`, `ssh-ed25519 ${TOKEN} operator`])
      expect(() => SshKeys.of(key)).not.toThrow();
    expect(() => Files.settings("/etc/x.env", { NAME: `${TOKEN}'; id` })).toViolate(BOO008);
    expect(() => Files.settings("/etc/x.env", { NAME: `a-${TOKEN}` })).not.toThrow();
  });
});
