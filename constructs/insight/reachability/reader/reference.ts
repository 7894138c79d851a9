/** A Terraform expression that consists of one reference. */
export interface Reference {
  /** Address of the resource or data source, for example `aws_vpc.main` or `data.aws_vpc.main`. */
  readonly address: string;
  /** The referenced attribute, for example `id` or `vpc_config[0].cluster_security_group_id`. */
  readonly attribute: string;
}

const REFERENCE = /^\$\{((?:data\.)?[a-z]\w*\.[\w-]+)(?:\.(.+))?\}$/;

/** Parses `${aws_vpc.main.id}`; undefined for plain values, function calls and strings with other text. */
export function readReference(text: string): Reference | undefined {
  const [, address, attribute = ""] = REFERENCE.exec(text) ?? [];
  return address === undefined || /[^\w.[\]"*-]/.test(attribute) ? undefined : { address, attribute };
}
