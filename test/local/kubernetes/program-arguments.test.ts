import { egressConfiguration, programArguments } from "@groundwork/local/kubernetes/program-arguments";
import type { Program, Programs } from "@groundwork/local/kubernetes/tools";

const PROGRAMS = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

describe("the programs of the local Kubernetes", () => {
  const argumentsOf = (program: Program) =>
    programArguments(program, {
      directory: "/work",
      programs: {} as Programs,
      port: 16443,
      privateDirectory: "/private",
      token: "token",
    });

  test.each(PROGRAMS)("%s does not contain the token in its arguments, which every user can read", (program) => {
    expect(argumentsOf(program).join(" ")).not.toContain("token-value");
    expect(
      argumentsOf(program).filter((argument) => /^--(token|bearer)/.test(argument) && !argument.includes("file")),
    ).toEqual([]);
  });

  test("listen on sockets, except the API server, which requires a token", () => {
    const listening = PROGRAMS.flatMap((program) =>
      argumentsOf(program).filter((argument) => /^--(listen-|bind-address|secure-port|server-address)/.test(argument)),
    );
    expect(listening).toEqual([
      "--listen-client-urls=unix:///private/etcd.sock",
      "--listen-peer-urls=unix:///private/peer.sock",
      "--bind-address=127.0.0.1",
      "--secure-port=16443",
      "--secure-port=0",
      "--secure-port=0",
    ]);
    expect(argumentsOf("kube-apiserver")).toContain("--egress-selector-config-file=/work/egress.yaml");
    expect(argumentsOf("kube-apiserver")).toContain("--token-auth-file=/work/tokens.csv");
    expect(argumentsOf("kube-apiserver")).toContain("--etcd-servers=unix:///private/etcd.sock");
  });

  test("reach no Service, pod or webhook: the API server's route ends at a socket on which nothing listens", () => {
    expect(JSON.stringify(egressConfiguration({ privateDirectory: "/private" }))).toContain("/private/no-egress.sock");
    expect(argumentsOf("kube-apiserver")).toContain(
      "--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
    );
  });
});
