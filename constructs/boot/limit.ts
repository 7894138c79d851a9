/**
 * Defines the largest user data that a cloud accepts.
 *
 * Sources: EC2's user guide, "Run commands when you launch an EC2 instance": 16 KB before base64. Nova's user data page and NHN's
 * instance API: 65,535 bytes of base64.
 *
 * @example boot.userData(Limit.EC2)
 */
export class Limit {
  /** 16,384 bytes, optionally as gzip: pass the text through Terraform's `base64gzip` to `user_data_base64`. */
  static readonly EC2 = new Limit("EC2", 16_384, true);
  /** 65,535 bytes of base64, in groups of four characters: 49,149 bytes of text. */
  static readonly OPENSTACK = new Limit("OpenStack", 49_149, false);
  /** The same as OpenStack. */
  static readonly NHN = new Limit("NHN Cloud", 49_149, false);

  private constructor(
    /** Cloud whose limit it is, for messages. */
    readonly cloud: string,

    /** Largest size of the document in bytes. */
    readonly bytes: number,
    /** Whether the text is sent as gzip. The OpenStack provider accepts text only, so individual files are compressed instead. */
    readonly gzip: boolean,
  ) {}
}
