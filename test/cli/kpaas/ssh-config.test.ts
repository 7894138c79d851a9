import { Unreachable } from "@groundwork/cli/first-boot/unreachable";
import { sshConfig } from "@groundwork/cli/kpaas/ssh-config";
import { sshError } from "@groundwork/cli/kpaas/ssh-errors";

const bastion = { host: "203.0.113.5", port: 2222 };
const installHost = { host: "10.40.0.11" };

describe("the ssh configuration", () => {
  test("connects through the bastion, with the same settings for both machines", () => {
    const config = sshConfig({ bastion, installHost }, "/w/100% own/known_hosts");
    expect(config).toMatch(
      /^Host 203\.0\.113\.5\n {2}Port 2222\nHost 10\.40\.0\.11\n {2}ProxyJump ubuntu@203\.0\.113\.5:2222\nHost \*$/m,
    );
    expect(config).toContain('UserKnownHostsFile "/w/100%% own/known_hosts"');
    for (const line of ["BatchMode yes", "StrictHostKeyChecking accept-new", "ForwardAgent no", "User ubuntu"])
      expect(config).toContain(`  ${line}\n`);
    expect(config).not.toContain("IdentityFile");
  });

  test("has no jump when the bastion is the install host, and offers only a specified key", () => {
    const config = sshConfig({ bastion: installHost, installHost, identity: "/k" }, "/known");
    expect(config).not.toContain("ProxyJump");
    expect(config).toContain('IdentityFile "/k"\n  IdentitiesOnly yes\n');
  });
});

describe("errors of ssh", () => {
  const connection = { host: "10.40.0.11", knownHosts: "/w/known_hosts" };

  test.each([
    ["ubuntu@203.0.113.5: Permission denied (publickey).", /^ubuntu@203\.0\.113\.5 rejects the key;/],
    [
      'Load key "/k": invalid format\nubuntu@10.40.0.11: Permission denied (publickey).',
      /rejects the key \(Load key "\/k": invalid format\)/,
    ],
    [
      "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key for 10.40.0.11 has changed and you have requested strict checking.\nHost key verification failed.",
      /ssh-keygen -R 10\.40\.0\.11 -f \/w\/known_hosts/,
    ],
    ["Received disconnect from 10.40.0.11 port 22:2: Too many authentication failures", /--identity/],
    ["channel 0: open failed: administratively prohibited: open failed", /AllowTcpForwarding/],
    ["/root/.ssh/config: line 1: Bad configuration option: frob", /correct ~\/\.ssh\/config/],
    ["Host key verification failed.", /cannot store host keys in \/w\/known_hosts/],
  ])("permanent: %s", (stderr, message) => {
    const error = sshError(stderr, connection);
    expect(error).not.toBeInstanceOf(Unreachable);
    expect(error.message).toMatch(message);
  });

  test.each([
    [
      "ssh: connect to host 10.40.0.11 port 22: Connection refused\r\n",
      "ssh: connect to host 10.40.0.11 port 22: Connection refused",
    ],
    [
      "System is booting up. Unprivileged users are not permitted to log in yet.\nConnection closed by 10.40.0.11 port 22",
      "System is booting up. Unprivileged users are not permitted to log in yet.",
    ],
    [
      "ssh: connect to host 203.0.113.5 port 22: No route to host\nkex_exchange_identification: Connection closed by remote host",
      "ssh: connect to host 203.0.113.5 port 22: No route to host",
    ],
    ["", "no response"],
  ])("temporary: %j", (stderr, message) => {
    const error = sshError(stderr, connection);
    expect(error).toBeInstanceOf(Unreachable);
    expect(error.message).toBe(message);
  });
});
