import { Files } from "../../boot/parts/files";
import { type BootPart, mergeSections } from "../../boot/parts/part";
import { SshKeys } from "../../boot/parts/ssh-keys";
import { Steps } from "../../boot/parts/steps";
import { Units } from "../../boot/parts/units";
import { programText } from "../../boot/program-text";
import { holdsToken } from "../../boot/terraform-text";
import { Violations } from "../../core/violation";
import { type ClusterNode, nodeViolations } from "./node";
import { PROGRAMS } from "./phases";
import { KPB003 } from "./rules";

const SETTINGS = "/etc/kpaas/trust.env";

/** Machines of the trust. */
export interface SshTrustProps {
  /** The machine with the private key. */
  readonly installHost: ClusterNode;
  /** All nodes of the cluster, including the install host. Nodes accept the key from these addresses only. */
  readonly nodes: readonly ClusterNode[];
}

/** A key pair that Terraform created. */
export interface KeyPairInState {
  /** One line, such as `public_key_openssh` of a `tls_private_key`. */
  readonly publicKey: string;
  /** PEM (PKCS#1) in base64, only as a Terraform value: `Fn.base64encode(key.privateKeyPem)`. */
  readonly privateKeyBase64: string;
}

/**
 * Defines the unattended distribution of the installer's SSH key to every node. A value type; both parts are for `CloudInit.with`.
 *
 * `createdAtFirstBoot`: the install host generates the key and serves only the public key, on its private address; every node
 * downloads it. The private key is in no state, user data or repository. `keyInState` is a simpler alternative for labs: the key is in
 * Terraform's state, and every process on the install host can read it from the user data.
 *
 * @example
 * const trust = SshTrust.createdAtFirstBoot({ installHost, nodes });
 * CloudInit.ubuntu().with(trust.node);
 */
export class SshTrust {
  /** Port on which the install host serves the public key to the nodes of the cluster. */
  static readonly PORT = 7022;

  /** The key is generated on the install host. Only the installer itself copies it elsewhere. */
  static createdAtFirstBoot({ installHost, nodes }: SshTrustProps): SshTrust {
    const settings = checkedSettings({ installHost, nodes });
    const authorize = Files.program(`${PROGRAMS}/authorize-key`, programText("kpaas", "ssh/authorize-key.sh"));
    return new SshTrust(
      [
        settings,
        authorize,
        Files.text(`${PROGRAMS}/publish-key.py`, programText("kpaas", "ssh/publish-key.py")),
        Units.service("kpaas-public-key", {
          description: "serves the installer's public key to the nodes",
          command: `/usr/bin/python3 ${PROGRAMS}/publish-key.py`,
          settings: [SETTINGS],
          lines: ["DynamicUser=yes", "ProtectHome=yes", "NoNewPrivileges=yes"],
        }),
        Steps.script("ssh-key", programText("kpaas", "ssh/ssh-key.sh")),
      ],
      [settings, authorize, Steps.script("trust-installer", programText("kpaas", "ssh/trust-installer.sh"))],
    );
  }

  /** The key is created by Terraform and stored in its state and in the install host's user data. For labs. */
  static keyInState({ installHost, nodes, publicKey, privateKeyBase64 }: SshTrustProps & KeyPairInState): SshTrust {
    if (!holdsToken(privateKeyBase64))
      throw KPB003.violation({
        at: "privateKeyBase64",
        given: `a text of ${privateKeyBase64.length} characters`,
        fix: "give Fn.base64encode(...) of a resource's attribute, or use SshTrust.createdAtFirstBoot",
      });
    return new SshTrust(
      [
        checkedSettings({ installHost, nodes }),
        Files.program(`${PROGRAMS}/authorize-key`, programText("kpaas", "ssh/authorize-key.sh")),
        Files.text("/etc/kpaas/installer-key", `${privateKeyBase64}\n`, { mode: "0600" }),
        Steps.script("ssh-key", programText("kpaas", "ssh/ssh-key.sh")),
      ],
      [SshKeys.of(publicKey)],
    );
  }

  /** Part of the install host. */
  readonly installHost: BootPart;
  /** Part of every other node of the cluster. */
  readonly node: BootPart;

  private constructor(installHost: readonly BootPart[], node: readonly BootPart[]) {
    this.installHost = { sections: mergeSections(installHost) };
    this.node = { sections: mergeSections(node) };
  }
}

function checkedSettings({ installHost, nodes }: SshTrustProps): Files {
  Violations.throwIfAny([...nodeViolations([installHost]), ...nodeViolations(nodes)]);
  return Files.settings(SETTINGS, {
    INSTALL_ADDRESS: installHost.address,
    KEY_PORT: String(SshTrust.PORT),
    // Loopback is included: the host name of a machine may resolve to a loopback address on the machine itself.
    KEY_FROM: ["127.0.0.1", installHost.address, ...nodes.map(({ address }) => address)]
      .filter((address, index, all) => all.indexOf(address) === index)
      .join(","),
  });
}
