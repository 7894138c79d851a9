import { join } from "node:path";
import { packageDirectory } from "@groundwork/tooling/paths";
import { python } from "@groundwork/tooling/python";
import { ACCOUNT } from "./account";
import type { Emulator } from "./emulator";
import { servicesOf } from "./gateway/routes";

/** moto: EC2, IAM, S3, KMS and most other services. Services that we do not use are disabled: some of them run code. */
export function moto(socketPath: string): Emulator {
  return {
    name: "moto",
    command: python(),
    args: [join(packageDirectory(__dirname), "aws/moto_server.py"), socketPath, ...servicesOf("moto")],
    env: {
      MOTO_ACCOUNT_ID: ACCOUNT,
      // Without them no AWS managed policy can be attached to a role.
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Certificates are issued after one second instead of a minute.
      MOTO_ACM_VALIDATION_WAIT: "1",
      // Without it every response permits web pages to read it.
      MOTO_DISABLE_GLOBAL_CORS: "true",
      // The directory of its program may be read-only.
      PYTHONDONTWRITEBYTECODE: "1",
      // It starts no programs.
      PATH: "/nonexistent",
    },
    address: { socketPath },
    // Not `data.json`: it renders every object, and returns 500 if one of them cannot be rendered.
    healthPath: "/moto-api/config",
    resetPath: "/moto-api/reset",
  };
}
