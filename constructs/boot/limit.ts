/**
 * Defines how much user data a cloud takes.
 *
 * Sources: EC2's user guide, "Run commands when you launch an EC2 instance": 16 KB before base64. Nova's user data page and NHN's
 * instance API: 65,535 bytes of base64.
 *
 * @example boot.userData(Limit.EC2)
 */
export class Limit {
  /** 16,384 bytes, which may be a gzip: give the text to Terraform's `base64gzip` and `user_data_base64`. */
  static readonly EC2 = new Limit("EC2", 16_384, true);
  /** 65,535 bytes of base64, which comes in fours: 49,149 of text. */
  static readonly OPENSTACK = new Limit("OpenStack", 49_149, false);
  /** As on OpenStack. */
  static readonly NHN = new Limit("NHN Cloud", 49_149, false);

  private constructor(
    readonly cloud: string,
    readonly bytes: number,
    /** Whether the text is sent as a gzip. OpenStack's provider takes text only; there, files are packed when they have to be. */
    readonly gzip: boolean,
  ) {}
}
