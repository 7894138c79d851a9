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
      // Without them no role can be given one of AWS's own policies.
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // A certificate is issued after a second instead of a minute.
      MOTO_ACM_VALIDATION_WAIT: "1",
    },
    port,
    // Not `data.json`: it renders every object there is, and answers 500 as soon as one of them cannot be.
    healthPath: "/moto-api/config",
    resetPath: "/moto-api/reset",
  };
}
