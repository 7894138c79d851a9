import { API_TYPES } from "@groundwork/constructs/kubernetes/manifests";
import { existingObjects } from "@groundwork/local/aws/existing-objects";
import type { Cloud } from "@groundwork/local/cloud";
import { KubernetesApi } from "@groundwork/local/kubernetes/api";
import { accessTo } from "@groundwork/local/kubernetes/cluster";
import { CONTROL } from "@groundwork/local/openstack/control";

/** Names of the objects in a local cloud, as its own APIs list them: `bucket my-site`. */
export async function objectsIn(cloud: Cloud, regions: readonly string[]): Promise<ReadonlySet<string>> {
  const aws = await Promise.all(regions.map((region) => existingObjects(cloud.endpoint, region)));
  return new Set([...aws.flat(), ...(await openstackObjects(cloud)), ...(await kubernetesObjects(cloud))]);
}

async function openstackObjects({ openstack }: Cloud): Promise<readonly string[]> {
  if (openstack === undefined) return [];
  const response = await fetch(`${openstack.endpoint}${CONTROL.objects}`);
  const clouds = (await response.json()) as Readonly<Record<string, readonly { id?: string; name?: string }[]>>;
  return Object.entries(clouds).flatMap(([name, objects]) =>
    objects.map((object) => `${name} ${object.name ?? ""} ${object.id ?? ""}`.trimEnd()),
  );
}

async function kubernetesObjects({ kubernetes }: Cloud): Promise<readonly string[]> {
  if (kubernetes === undefined) return [];
  const api = new KubernetesApi(accessTo(kubernetes.cluster));
  try {
    const lists = await Promise.all(
      Object.values(API_TYPES).map(async ({ apiVersion, plural }) =>
        (await api.list({ apiVersion, plural })).map(({ metadata: { namespace, name } }) =>
          [plural, namespace, name].filter((part) => part !== undefined).join(" "),
        ),
      ),
    );
    return lists.flat();
  } finally {
    api.close();
  }
}
