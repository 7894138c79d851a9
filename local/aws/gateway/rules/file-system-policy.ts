import { jsonResponse } from "../response";
import type { Rule } from "../rule";

/** moto cannot remove the policy of a file system. Terraform removes it just before the file system, with which it ends. */
export const fileSystemPolicy: Rule = {
  name: "removal of a file system's policy",
  applies: (call) =>
    call.service === "elasticfilesystem" &&
    call.method === "DELETE" &&
    /\/file-systems\/[^/]+\/policy$/.test(call.path),
  handle: () => Promise.resolve(jsonResponse({})),
};
