import { minimalEnvironment } from "@groundwork/local/minimal-environment";
import { gateway } from "@groundwork/local/aws/gateway";
import { ministack } from "@groundwork/local/aws/ministack";
import { moto } from "@groundwork/local/aws/moto";
import { openstackProcess } from "@groundwork/local/openstack/emulator-process";

describe("the environment of a program of the local cloud", () => {
  test("contains no credentials, proxies and settings of the user", () => {
    const user = {
      PATH: "/usr/bin",
      LANG: "C.UTF-8",
      HOME: "/home/operator",
      AWS_SECRET_ACCESS_KEY: "secret",
      HTTPS_PROXY: "http://proxy",
      https_proxy: "http://proxy",
      DOCKER_HOST: "unix:///var/run/docker.sock",
      BIND_HOST: "0.0.0.0",
      SERVICES: "lambda",
      LAMBDA_EXECUTOR: "docker",
      PERSIST_STATE: "1",
      MOTO_ENABLE_ALL: "1",
      NODE_OPTIONS: "--inspect=0.0.0.0",
      PYTHONSTARTUP: "/tmp/a.py",
      KUBECONFIG: "/home/operator/.kube/config",
      GITLAB_TOKEN: "secret",
    };
    expect(minimalEnvironment("/private", user)).toEqual({
      PATH: "/usr/bin",
      LANG: "C.UTF-8",
      HOME: "/private",
      TMPDIR: "/private",
    });
  });
});

describe("the processes of the local cloud", () => {
  const sockets = { moto: "/private/moto.sock", ministack: "/private/ministack.sock" };

  test("listen on a socket, except those that clients connect to", () => {
    const addresses = [moto(sockets.moto), ministack(sockets.ministack), gateway(1, sockets), openstackProcess(2)];
    expect(addresses.map(({ name, address }) => [name, address])).toEqual([
      ["moto", { socketPath: sockets.moto }],
      ["ministack", { socketPath: sockets.ministack }],
      ["gateway", { port: 1 }],
      ["openstack", { port: 2 }],
    ]);
  });

  test("start the emulators of AWS without programs, containers and listeners of other services", () => {
    expect(ministack(sockets.ministack).env).toMatchObject({
      SERVICES: "eks,cloudfront,route53,backup,budgets,ec2",
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      PATH: "/nonexistent",
      DOCKER_HOST: expect.stringContaining("/nonexistent"),
      PERSIST_STATE: "0",
    });
    expect(moto(sockets.moto).env).toMatchObject({ PATH: "/nonexistent", MOTO_DISABLE_GLOBAL_CORS: "true" });
    expect(moto(sockets.moto).args.slice(1)).toEqual([sockets.moto, ...new Set(moto(sockets.moto).args.slice(2))]);
  });
});
