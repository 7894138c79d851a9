import { ComputeKeypairV2 } from "@cdktf/provider-openstack/lib/compute-keypair-v2";
import { Construct } from "constructs";
import { checkedSshKey } from "../../boot/ssh-keys";
import { Name } from "../../core/name";
import { isToken } from "../../core/token";
import { OST009 } from "../rules";

/** A key that logs in to machines, made here or elsewhere. */
export interface IKeyPair {
  /** Clouds of the family know key pairs by their names. */
  readonly keyPairName: string;
}

export interface KeyPairProps {
  /** Public half, one line of a `.pub` file. The private half stays where it was made. */
  readonly publicKey: string;
  /**
   * Name: at most 32 letters, digits and hyphens.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

const NAME = { service: "key pair", maxLength: 32, pattern: /^[A-Za-z0-9-]+$/ };

/**
 * Defines a key pair of which the cloud has the public half only.
 *
 * Creates the key pair. A pair is made by `npm run key-pair`, on the machine of whoever will use it: its private half is
 * written there once, for its owner to read, and lies neither in the repository nor in Terraform's state, where a pair that
 * the cloud makes would lie for good. The pair belongs to the user whose credentials Terraform has. Free of charge.
 *
 * Errors: OST009, BOO004.
 *
 * @example new KeyPair(this, "Operators", { publicKey: "ssh-ed25519 AAAAC3Nza... operators" });
 */
export class KeyPair extends Construct implements IKeyPair {
  /** A key pair that exists, with whatever name it has. */
  static fromName(scope: Construct, id: string, name: string): IKeyPair {
    return new ImportedKeyPair(scope, id, name);
  }

  readonly keyPairName: string;

  constructor(scope: Construct, id: string, props: KeyPairProps) {
    super(scope, id);
    const resource = new ComputeKeypairV2(this, "Resource", {
      name: checkedName(this, props.name ?? Name.of(this).fit(NAME)),
      publicKey: checkedSshKey(props.publicKey),
    });
    this.node.defaultChild = resource;
    this.keyPairName = resource.name;
  }
}

class ImportedKeyPair extends Construct implements IKeyPair {
  constructor(
    scope: Construct,
    id: string,
    readonly keyPairName: string,
  ) {
    super(scope, id);
  }
}

function checkedName(at: Construct, name: string): string {
  if (!isToken(name) && (name.length > NAME.maxLength || !NAME.pattern.test(name)))
    throw OST009.violation({
      at,
      given: `key pair name "${name}" (${name.length} characters)`,
      fix: `use at most ${NAME.maxLength} letters, digits and hyphens; one that exists with another name is KeyPair.fromName()`,
    });
  return name;
}
