import { waitUntil } from "@groundwork/tooling/polling";
import type { KubernetesApi } from "@groundwork/local/kubernetes/api";

/** The kind that the Secrets Store CSI driver installs, with the fields of its release 1.5. */
const SECRET_PROVIDER_CLASS = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "secretproviderclasses.secrets-store.csi.x-k8s.io" },
  spec: {
    group: "secrets-store.csi.x-k8s.io",
    scope: "Namespaced",
    names: { kind: "SecretProviderClass", plural: "secretproviderclasses", singular: "secretproviderclass" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                properties: {
                  provider: { type: "string" },
                  parameters: { type: "object", additionalProperties: { type: "string" } },
                  secretObjects: {
                    type: "array",
                    items: {
                      type: "object",
                      properties: {
                        secretName: { type: "string" },
                        type: { type: "string" },
                        labels: { type: "object", additionalProperties: { type: "string" } },
                        annotations: { type: "object", additionalProperties: { type: "string" } },
                        data: {
                          type: "array",
                          items: {
                            type: "object",
                            properties: { objectName: { type: "string" }, key: { type: "string" } },
                          },
                        },
                      },
                    },
                  },
                },
              },
              status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
            },
          },
        },
      },
    ],
  },
};

/** The API type of the kind. */
export const TYPE = {
  apiVersion: "secrets-store.csi.x-k8s.io/v1",
  kind: "SecretProviderClass",
  plural: "secretproviderclasses",
  namespaced: true,
} as const;

/** Installs the kind, as the driver does, and waits until the API server serves it. */
export async function installSecretProviderClass(api: KubernetesApi): Promise<void> {
  await api.create(
    { apiVersion: "apiextensions.k8s.io/v1", plural: "customresourcedefinitions" },
    SECRET_PROVIDER_CLASS,
  );
  const isServed = () =>
    api.typeOf(TYPE.apiVersion, TYPE.kind).then(
      () => true,
      () => false,
    );
  if (!(await waitUntil(isServed, 30_000))) throw new Error(`the API server does not serve ${TYPE.kind}`);
}
