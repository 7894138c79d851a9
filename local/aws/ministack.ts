import { python } from "@groundwork/tooling/python";
import { ACCOUNT } from "./account";
import type { Emulator } from "./emulator";

/** MiniStack: EKS, CloudFront, Route 53 and the other services that moto does not emulate correctly. */
export function ministack(port: number, directory: string): Emulator {
  return {
    name: "ministack",
    command: python(),
    args: ["-m", "ministack"],
    env: {
      // It listens on every address by default.
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: "127.0.0.1",
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: "ap-northeast-2",
      // Directory of its pid file.
      TMPDIR: directory,
    },
    port,
    healthPath: "/_ministack/health",
    resetPath: "/_ministack/reset",
  };
}
