/**
 * Defines a component that the installer adds to a cluster in addition to Kubernetes itself.
 *
 * @example [AddOn.KYVERNO, AddOn.PORTAL]
 */
export class AddOn {
  /** Policies: pod security (audit only), image pull policy `Always`, a default-deny network policy in each namespace. */
  static readonly KYVERNO = new AddOn("kyverno");
  /** The portal; requires three workers. Installed after the cluster. */
  static readonly PORTAL = new AddOn("portal");
  /**
   * A closed-source program that runs once as root on every node; its changes are not documented. Upstream always runs it; here it
   * is opt-in.
   */
  static readonly SECURITY_BINARY = new AddOn("security-binary");

  private constructor(
    /** Name of the add-on in the installer. */
    readonly name: string,
  ) {}
}
