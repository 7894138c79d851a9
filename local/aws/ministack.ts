import { python } from "@groundwork/tooling/python";
import { ACCOUNT } from "./account";
import type { Emulator } from "./emulator";

/** MiniStack: EKS, CloudFront, Route 53 and the few others that moto gets wrong. */
export function ministack(port: number, directory: string): Emulator {
  return {
    name: "ministack",
    command: python(),
    args: ["-m", "ministack"],
    env: {
      // It listens on every address unless told otherwise.
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: "127.0.0.1",
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: "ap-northeast-2",
      // Where it writes its own pid file.
      TMPDIR: directory,
    },
    port,
    healthPath: "/_ministack/health",
    resetPath: "/_ministack/reset",
  };
}
