import { type Config, declared } from "../declared";
import { mapBlocks } from "./redirect";

/**
 * Arguments with which a cloud protects an object from deletion.
 *
 * Source: the pages of these resources in the documentation of the AWS provider.
 */
const PROTECTION: Readonly<Record<string, string>> = {
  aws_alb: "enable_deletion_protection",
  aws_eks_cluster: "deletion_protection",
  aws_instance: "disable_api_termination",
  aws_lb: "enable_deletion_protection",
};

/** Whether a resource of the stack cannot be deleted until its protection is removed. */
export function isProtected(config: Config): boolean {
  return declared(config).some(
    ({ kind, type, block }) => kind === "resource" && block[PROTECTION[type] ?? ""] === true,
  );
}

/** The stack without protection from deletion. */
export function withoutProtection(config: Config): Config {
  return {
    ...config,
    resource: mapBlocks(config["resource"], (block, type) => {
      const argument = PROTECTION[type];
      return argument === undefined || block[argument] !== true ? block : { ...block, [argument]: false };
    }),
  };
}
