import { NAM001, NAM002 } from "@groundwork/constructs/core/rules";
import { KUB019 } from "@groundwork/constructs/kubernetes/rules";
import { ServiceAccount } from "@groundwork/constructs/kubernetes/settings/service-account";
import { clusterStack, objectOf } from "../../../support/kubernetes";

describe("ServiceAccount", () => {
  test("has the annotations of its role and pull secrets, and mounts no token", () => {
    const stack = clusterStack();
    new ServiceAccount(stack, "Account", {
      name: "web",
      namespace: "shop",
      annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/web" },
      pullSecrets: ["registry"],
    });
    expect(objectOf(stack, "ServiceAccount")).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: {
        name: "web",
        namespace: "shop",
        annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/web" },
      },
      imagePullSecrets: [{ name: "registry" }],
      automountServiceAccountToken: false,
    });
  });

  test("rejects invalid names, annotations and a second account with the same name", () => {
    const stack = clusterStack();
    const account = (id: string, props: object) => () => new ServiceAccount(stack, id, { name: "web", ...props });
    expect(account("A", { name: "a_b" })).toViolate(NAM001);
    expect(account("B", { pullSecrets: ["a_b"] })).toViolate(NAM001);
    expect(account("C", { name: "c", annotations: { "a b": "" } })).toViolate(KUB019);
    account("D", { name: "d" })();
    expect(account("E", { name: "d" })).toViolate(NAM002);
  });
});
