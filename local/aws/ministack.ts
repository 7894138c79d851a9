import { python } from "@groundwork/tooling/python";
import { ACCOUNT } from "./account";
import type { Emulator } from "./emulator";
import { servicesOf } from "./gateway/routes";

/**
 * MiniStack: EKS, CloudFront, Route 53 and the other services that moto does not emulate correctly.
 *
 * MiniStack runs code of its clients: Lambda functions, containers, CloudFront functions. Nothing of it is needed, so all of it is
 * disabled: services that we do not use, Docker, and the search path of the programs that it starts.
 */
export function ministack(socketPath: string): Emulator {
  return {
    name: "ministack",
    command: python(),
    // MiniStack's own main program listens on TCP only.
    args: [
      "-m",
      "hypercorn",
      "ministack.app:app",
      "--bind",
      `unix:${socketPath}`,
      "--workers",
      "0",
      "--keep-alive",
      "75",
    ],
    env: {
      SERVICES: servicesOf("ministack").join(","),
      // Part of addresses in responses.
      GATEWAY_PORT: "4566",
      MINISTACK_HOST: "127.0.0.1",
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: "ap-northeast-2",
      // Listeners of IoT and SFTP, on all addresses.
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      // With Docker, an EKS cluster would be a privileged container.
      DOCKER_HOST: "unix:///nonexistent/docker.sock",
      // CloudFront functions would be run by `node`, whose contexts do not isolate them.
      PATH: "/nonexistent",
      PERSIST_STATE: "0",
    },
    address: { socketPath },
    healthPath: "/_ministack/health",
    resetPath: "/_ministack/reset",
  };
}
