/** What a Terraform expression that is nothing but a reference leads to. */
export interface Reference {
  /** Address of the resource or data source, for example `aws_vpc.main` or `data.aws_vpc.main`. */
  readonly address: string;
  /** What of it, for example `id` or `vpc_config[0].cluster_security_group_id`. */
  readonly attribute: string;
}

const REFERENCE = /^\$\{((?:data\.)?[a-z]\w*\.[\w-]+)(?:\.(.+))?\}$/;

/** Reads `${aws_vpc.main.id}`; nothing for a plain value, a call of a function, or a text with something around. */
export function readReference(text: string): Reference | undefined {
  const [, address, attribute = ""] = REFERENCE.exec(text) ?? [];
  return address === undefined || /[^\w.[\]"*-]/.test(attribute) ? undefined : { address, attribute };
}
