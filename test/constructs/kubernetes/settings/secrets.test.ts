import { KUB037 } from "@groundwork/constructs/kubernetes/settings/rules";
import { KUB039, KUB040 } from "@groundwork/constructs/kubernetes/workload/rules";
import { NAM002 } from "@groundwork/constructs/core/rules";
import { SecretSource } from "@groundwork/constructs/kubernetes/settings/secret-source";
import { Secrets } from "@groundwork/constructs/kubernetes/settings/secrets";
import { VolumeMount } from "@groundwork/constructs/kubernetes/storage/volume-mount";
import { parse } from "yaml";
import { graphOf } from "../../../support/graph";
import { clusterStack, objectOf, webService } from "../../../support/kubernetes";

const PARAMETERS = SecretSource.parameterStore({ values: { DB_PASSWORD: "/shop/db-password" } });

function secrets(source: SecretSource = PARAMETERS) {
  const stack = clusterStack();
  return { stack, created: new Secrets(stack, "Secrets", { name: "web", source }) };
}

/** The specification of the class, with its list of objects as data. */
function specOf(source: SecretSource) {
  const spec = objectOf(secrets(source).stack, "SecretProviderClass", "spec") as {
    readonly provider: string;
    readonly parameters: Readonly<Record<string, string>>;
  };
  const { objects = "", ...parameters } = spec.parameters;
  return { provider: spec.provider, parameters, objects: parse(objects) as unknown };
}

describe("Secrets", () => {
  test("come from Parameter Store with the identity of the pod", () => {
    expect(specOf(PARAMETERS)).toEqual({
      provider: "aws",
      parameters: { usePodIdentity: "true" },
      objects: [{ objectName: "/shop/db-password", objectType: "ssmparameter", objectAlias: "DB_PASSWORD" }],
    });
  });

  test("come from Secrets Manager, as a whole or by a key of their JSON", () => {
    const source = SecretSource.secretsManager({
      values: {
        TOKEN: "shop/token",
        USER: { secret: "shop/db", key: "user" },
        PASSWORD: { secret: "shop/db", key: "pass-word" },
      },
      region: "eu-west-1",
      identity: "irsa",
    });
    expect(source.references).toEqual(["shop/token", "shop/db"]);
    expect(specOf(source)).toEqual({
      provider: "aws",
      parameters: { region: "eu-west-1" },
      objects: [
        { objectName: "shop/token", objectType: "secretsmanager", objectAlias: "TOKEN" },
        {
          objectName: "shop/db",
          objectType: "secretsmanager",
          objectAlias: "0-secret",
          jmesPath: [
            { path: '"user"', objectAlias: "USER" },
            { path: '"pass-word"', objectAlias: "PASSWORD" },
          ],
        },
      ],
    });
  });

  test("come from OpenBao with the service account of the pod", () => {
    const values = { PASSWORD: { path: "secret/data/shop", key: "password" } };
    expect(specOf(SecretSource.openBao({ values, role: "shop", address: "https://openbao.openbao:8200" }))).toEqual({
      provider: "openbao",
      parameters: { roleName: "shop", openbaoAddress: "https://openbao.openbao:8200" },
      objects: [{ objectName: "PASSWORD", secretPath: "secret/data/shop", secretKey: "password" }],
    });
    expect(specOf(SecretSource.openBao({ values, role: "shop" })).parameters).toEqual({ roleName: "shop" });
  });

  test("are files in memory; without environment variables no Secret is written", () => {
    const { stack, created } = secrets();
    webService(stack, { serviceAccount: "web", volumes: { "/run/secrets/web": VolumeMount.secrets(created) } });
    expect(objectOf(stack, "Deployment", "spec.template.spec.volumes")).toEqual([
      {
        name: "run-secrets-web",
        csi: {
          driver: "secrets-store.csi.k8s.io",
          readOnly: true,
          volumeAttributes: { secretProviderClass: "web" },
        },
      },
    ]);
    expect(objectOf(stack, "SecretProviderClass", "spec")).not.toHaveProperty("secretObjects");
    expect(graphOf(stack).needs("kubernetes_deployment_v1", "kubernetes_manifest")).toBe(true);
  });

  test("are environment variables through a Secret, which exists while pods mount them", () => {
    const { stack, created } = secrets();
    webService(stack, { serviceAccount: "web", secrets: created, pullSecrets: ["registry"] });
    expect(objectOf(stack, "SecretProviderClass", "spec.secretObjects")).toEqual([
      { secretName: "web", type: "Opaque", data: [{ objectName: "DB_PASSWORD", key: "DB_PASSWORD" }] },
    ]);
    expect(objectOf(stack, "Deployment", "spec.template.spec")).toMatchObject({
      imagePullSecrets: [{ name: "registry" }],
      containers: [
        {
          envFrom: [{ secretRef: { name: "web" } }],
          volumeMounts: [{ mountPath: "/mnt/secrets-store/web", readOnly: true }],
        },
      ],
    });
    // Files elsewhere are enough: the volume is not mounted twice.
    webService(
      stack,
      { name: "other", serviceAccount: "web", secrets: created, volumes: { "/s": VolumeMount.secrets(created) } },
      "Other",
    );
  });

  test("reject pods without a service account or of another namespace", () => {
    const { stack, created } = secrets();
    expect(() => webService(stack, { name: "a", secrets: created })).toViolate(KUB040);
    expect(() => webService(stack, { name: "b", serviceAccount: "b", namespace: "shop", secrets: created })).toViolate(
      KUB039,
    );
  });

  test("reject values in the place of names, and names that no environment variable has", () => {
    const parameters = (values: Record<string, string>) => () => secrets(SecretSource.parameterStore({ values }));
    expect(parameters({ A: "p@ss word!" })).toViolate(KUB037, /never its value/);
    expect(parameters({ A: "" })).toViolate(KUB037);
    expect(parameters({ "a b": "/shop" })).toViolate(KUB037);
    expect(parameters({ "0-secret": "/shop" })).toViolate(KUB037);
    expect(parameters({})).toViolate(KUB037);
  });

  test("do not share a name with others of the namespace", () => {
    const { stack } = secrets();
    expect(() => new Secrets(stack, "Again", { name: "web", source: PARAMETERS })).toViolate(NAM002);
  });
});
