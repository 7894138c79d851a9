import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { SshKeys } from "../../boot/ssh-keys";
import { Steps } from "../../boot/steps";
import { programText } from "../../boot/program-text";
import { holdsToken } from "../../boot/terraform-text";
import { Units } from "../../boot/units";
import { Violations } from "../../core/violation";
import { joined } from "./joined";
import type { ClusterNode } from "./node";
import { nodeViolations } from "./node";
import { PROGRAMS } from "./phases";
import { KPB003 } from "./rules";

const SETTINGS = "/etc/kpaas/trust.env";

/** Who trusts whom. */
export interface SshTrustProps {
  /** The machine that holds the key. */
  readonly installHost: ClusterNode;
  /** All nodes of the cluster, the install host among them: from these addresses, and no others, the key opens a node. */
  readonly nodes: readonly ClusterNode[];
}

/** A pair of keys that Terraform has made. */
export interface KeyPairInState {
  /** One line, such as the `public_key_openssh` of a `tls_private_key`. */
  readonly publicKey: string;
  /** PEM (PKCS#1) in base64, only as a value of Terraform's: `Fn.base64encode(key.privateKeyPem)`. */
  readonly privateKeyBase64: string;
}

/**
 * Defines how the installer's SSH key comes to every node without a person. A value; both parts go into `CloudInit.with`.
 *
 * `madeAtFirstBoot`: the install host makes the key itself and serves the public half, and nothing else, on its private address;
 * every node fetches it there. The private half is in no state, no user data and no repository. `keyInState` is the simple way of
 * a lab: Terraform knows the key, and every process of the install host can read it from the user data.
 *
 * @example
 * const trust = SshTrust.madeAtFirstBoot({ installHost, nodes });
 * CloudInit.ubuntu().with(trust.node);
 */
export class SshTrust {
  /** Port on which the install host serves the public half; only the cluster's nodes need to reach it. */
  static readonly PORT = 7022;

  /** The key is made on the install host and never leaves it, but for what the installer itself does with it. */
  static madeAtFirstBoot({ installHost, nodes }: SshTrustProps): SshTrust {
    const settings = checkedSettings({ installHost, nodes });
    const authorize = Files.program(`${PROGRAMS}/authorize-key`, programText("kpaas", "authorize-key.sh"));
    return new SshTrust(
      joined(
        settings,
        authorize,
        Files.text(`${PROGRAMS}/publish-key.py`, programText("kpaas", "publish-key.py")),
        Units.service("kpaas-public-key", {
          description: "serves the public half of the installer's key to the nodes",
          command: `/usr/bin/python3 ${PROGRAMS}/publish-key.py`,
          settings: [SETTINGS],
          lines: ["DynamicUser=yes", "ProtectHome=yes", "NoNewPrivileges=yes"],
        }),
        Steps.script("ssh-key", programText("kpaas", "ssh-key.sh")),
      ),
      joined(settings, authorize, Steps.script("trust-installer", programText("kpaas", "trust-installer.sh"))),
    );
  }

  /** The key is Terraform's: it lies in the state and in the install host's user data. For labs. */
  static keyInState({ installHost, nodes, publicKey, privateKeyBase64 }: SshTrustProps & KeyPairInState): SshTrust {
    if (!holdsToken(privateKeyBase64))
      throw KPB003.violation({
        at: "privateKeyBase64",
        given: `a text of ${privateKeyBase64.length} characters`,
        fix: "give Fn.base64encode(...) of a resource's attribute, or use SshTrust.madeAtFirstBoot",
      });
    return new SshTrust(
      joined(
        checkedSettings({ installHost, nodes }),
        Files.program(`${PROGRAMS}/authorize-key`, programText("kpaas", "authorize-key.sh")),
        Files.text("/etc/kpaas/installer-key", `${privateKeyBase64}\n`, { mode: "0600" }),
        Steps.script("ssh-key", programText("kpaas", "ssh-key.sh")),
      ),
      joined(SshKeys.of(publicKey)),
    );
  }

  /** What the install host needs. */
  readonly installHost: BootPart;
  /** What every other node of the cluster needs. */
  readonly node: BootPart;

  private constructor(installHost: BootPart["sections"], node: BootPart["sections"]) {
    this.installHost = { sections: installHost };
    this.node = { sections: node };
  }
}

function checkedSettings({ installHost, nodes }: SshTrustProps): Files {
  Violations.throwIfAny([...nodeViolations([installHost]), ...nodeViolations(nodes)]);
  return Files.settings(SETTINGS, {
    INSTALL_ADDRESS: installHost.address,
    KEY_PORT: String(SshTrust.PORT),
    // Itself, too: under its own name a machine may find itself at a loopback address.
    KEY_FROM: ["127.0.0.1", installHost.address, ...nodes.map(({ address }) => address)]
      .filter((address, index, all) => all.indexOf(address) === index)
      .join(","),
  });
}
