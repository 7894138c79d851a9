/**
 * Defines what the installer puts into a cluster, or onto it, beyond Kubernetes itself.
 *
 * @example [AddOn.KYVERNO, AddOn.PORTAL]
 */
export class AddOn {
  /** Policies: pod security (audited), images always pulled, namespaces closed to each other. */
  static readonly KYVERNO = new AddOn("kyverno");
  /** The portal, which takes three workers. Installed after the cluster. */
  static readonly PORTAL = new AddOn("portal");
  /**
   * A closed program that runs once as root on every node; what it changes is written nowhere. Upstream runs it always; here it
   * takes a word.
   */
  static readonly SECURITY_BINARY = new AddOn("security-binary");

  private constructor(readonly name: string) {}
}
