import { python } from "@groundwork/tooling/python";
import { ACCOUNT } from "./account";
import type { Emulator } from "./emulator";

/** moto: EC2, IAM, S3, KMS and most other services. */
export function moto(port: number): Emulator {
  return {
    name: "moto",
    command: python(),
    args: ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    env: {
      MOTO_ACCOUNT_ID: ACCOUNT,
      // Without them no AWS managed policy can be attached to a role.
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Certificates are issued after one second instead of a minute.
      MOTO_ACM_VALIDATION_WAIT: "1",
    },
    port,
    // Not `data.json`: it renders every object, and returns 500 if one of them cannot be rendered.
    healthPath: "/moto-api/config",
    resetPath: "/moto-api/reset",
  };
}
