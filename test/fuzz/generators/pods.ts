import * as k8s from "@groundwork/constructs/kubernetes";
import type { Construct } from "constructs";
import type { Draw } from "../draw";
import type { Generator } from "../program";
import { fresh, kubernetes } from "./surroundings";

const NAMESPACE = "shop";
const key = (draw: Draw) => draw.text("A", "DB_PASSWORD", "log.level", "a b");
const labels = (draw: Draw) =>
  draw.map(
    () => draw.text("web", "a.b", "example.com/a"),
    () => draw.text("web"),
  );

function volumeType(draw: Draw): k8s.VolumeType {
  const driver = k8s.CsiDriver.existing();
  return draw.one(
    () =>
      k8s.VolumeType.ebsGp3({
        driver,
        ...draw.some({
          iops: () => draw.number(3_000, 16_000),
          throughput: () => draw.number(125, 1_000),
          encryptionKeyArn: () => draw.text("arn:aws:kms:eu-west-1:111122223333:key/1"),
          zones: () => draw.list(() => draw.text("eu-west-1a", "eu-west-1b"), 2),
        }),
      }),
    () =>
      k8s.VolumeType.efs({
        driver,
        fileSystem: { fileSystemId: draw.text("fs-0123456789abcdef0") },
        ...draw.some({
          directory: () => draw.text("/volumes"),
          user: () => ({ uid: draw.number(0, 65_535), gid: draw.number(0, 65_535) }),
        }),
      }),
    () =>
      k8s.VolumeType.nfs(draw.some({ provisioner: () => draw.text("example.com/nfs"), archive: () => draw.flag() })),
  );
}

function claim(scope: Construct, draw: Draw, id: string, namespace = draw.name()): k8s.Claim {
  kubernetes(scope);
  return new k8s.Claim(scope, id, {
    name: draw.name(),
    namespace,
    storageClass: k8s.StorageClass.fromName({ name: "disks", volumes: volumeType(draw) }),
    size: draw.gibibytes(1, 200),
    ...draw.some({
      access: () => draw.among("ReadWriteOnce" as const, "ReadWriteMany" as const, "ReadWriteOncePod" as const),
      forceDestroy: () => draw.flag(),
      labels: () => labels(draw),
      annotations: () =>
        draw.map(
          () => draw.text("web", "example.com/a"),
          () => draw.prose(),
        ),
      dependsOn: () => [],
    }),
  });
}

function settings(scope: Construct, draw: Draw, id: string, namespace = draw.name()): k8s.Settings {
  kubernetes(scope);
  const values = {
    ...draw.map(
      () => key(draw),
      () => draw.prose(),
    ),
    [key(draw)]: draw.prose(),
  };
  return new k8s.Settings(scope, id, { name: draw.name(), namespace, values, ...draw.some({ dependsOn: () => [] }) });
}

function source(draw: Draw): k8s.SecretSource {
  const region = draw.some({
    region: () => draw.text("eu-west-1"),
    identity: () => draw.among("pod-identity" as const, "irsa" as const),
  });
  const name = draw.text("DB_PASSWORD", "a.b", "a b");
  return draw.one(
    () => k8s.SecretSource.parameterStore({ values: { [name]: draw.text("/shop/db") }, ...region }),
    () => k8s.SecretSource.secretsManager({ values: { [name]: { secret: "shop/db", key: draw.prose() } }, ...region }),
    () =>
      k8s.SecretSource.openBao({
        role: draw.text("shop"),
        values: { [name]: { path: draw.text("secret/data/shop"), key: "password" } },
        ...draw.some({ address: () => draw.text("https://openbao.openbao:8200") }),
      }),
  );
}

function secrets(scope: Construct, draw: Draw, id: string, namespace = draw.name()): k8s.Secrets {
  kubernetes(scope);
  return new k8s.Secrets(scope, id, {
    name: draw.name(),
    namespace,
    source: source(draw),
    ...draw.some({ dependsOn: () => [] }),
  });
}

/** What pods of a namespace use: services and jobs have the same properties. */
export function podUses(scope: Construct, draw: Draw, namespace: string) {
  return draw.some({
    settings: () => settings(scope, draw, fresh(scope, "Settings"), namespace),
    secrets: () => secrets(scope, draw, fresh(scope, "Secrets"), namespace),
    volumes: () => ({
      [draw.text("/srv/data", "/tmp/x", "data")]: draw.one(
        () =>
          k8s.VolumeMount.claim(
            claim(scope, draw, fresh(scope, "Claim"), namespace),
            draw.some({ readOnly: () => draw.flag(), subPath: () => draw.text("a/b", "../a") }),
          ),
        () => k8s.VolumeMount.settings(settings(scope, draw, fresh(scope, "Files"), namespace)),
        () => k8s.VolumeMount.scratch(draw.some({ size: () => draw.gibibytes(1, 9), inMemory: () => draw.flag() })),
      ),
    }),
    pullSecrets: () => draw.list(() => draw.name(), 2),
  });
}

function job(scope: Construct, draw: Draw) {
  const uses = podUses(scope, draw, NAMESPACE);
  return {
    name: draw.name(),
    namespace: NAMESPACE,
    image: draw.text("web:1.4.0", "registry.example.com:5000/team/web:1.4.0"),
    resources: k8s.Resources.of({ requests: { cpu: k8s.Cpu.millicores(draw.number(10, 4_000)) } }),
    ...uses,
    // Secrets need an account.
    serviceAccount: draw.text("web"),
    ...draw.some({
      command: () => draw.list(() => draw.prose(), 2, 1),
      args: () => draw.list(() => draw.prose(), 2, 1),
      pull: () => draw.among("Always" as const, "IfNotPresent" as const),
      environment: () =>
        draw.map(
          () => draw.text("NAME", "1A"),
          () => draw.prose(),
        ),
      environmentFrom: () => [{ secret: draw.name() }],
      retries: () => draw.number(0, 5),
      deadline: () => draw.seconds(1, 3_600),
      pods: () => draw.number(1, 9),
      atOnce: () => draw.number(1, 9),
      nodeSelector: () => labels(draw),
      tolerations: () => draw.list(() => ({ key: draw.text("web", "example.com/a") })),
      security: () =>
        draw.one(
          () => k8s.PodSecurity.root(),
          () => k8s.PodSecurity.nonRoot({ user: draw.number(1, 65_535) }),
        ),
      dependsOn: () => [],
    }),
  };
}

const amounts = (draw: Draw): k8s.Amounts =>
  draw.some({ cpu: () => k8s.Cpu.millicores(draw.number(10, 4_000)), memory: () => draw.gibibytes(1, 8) });

const subject = (draw: Draw): k8s.Subject =>
  draw.one(
    () => k8s.Subject.group(draw.text("developers", "system:authenticated")),
    () => k8s.Subject.user(draw.prose()),
    () => k8s.Subject.serviceAccount(draw.name(), draw.name()),
  );

export const PODS: Readonly<Record<string, Generator>> = {
  "kubernetes.StorageClass": (scope, draw, id) => {
    kubernetes(scope);
    return new k8s.StorageClass(scope, id, {
      name: draw.name(),
      volumes: volumeType(draw),
      ...draw.some({
        keepVolumes: () => draw.flag(),
        isDefault: () => draw.flag(),
        nodes: () => [{ zoneNames: ["eu-west-1a", "eu-west-1b"] }],
        dependsOn: () => [],
      }),
    });
  },
  "kubernetes.Claim": (scope, draw, id) => claim(scope, draw, id),
  "kubernetes.Settings": (scope, draw, id) => settings(scope, draw, id),
  "kubernetes.Secrets": (scope, draw, id) => secrets(scope, draw, id),
  "kubernetes.ServiceAccount": (scope, draw, id) => {
    kubernetes(scope);
    return new k8s.ServiceAccount(scope, id, {
      name: draw.text("web", "b.c"),
      ...draw.some({
        namespace: () => draw.name(),
        annotations: () =>
          draw.map(
            () => draw.text("example.com/a"),
            () => draw.prose(),
          ),
        pullSecrets: () => draw.list(() => draw.name(), 2),
        dependsOn: () => [],
      }),
    });
  },
  "kubernetes.Job": (scope, draw, id) => {
    kubernetes(scope);
    return new k8s.Job(scope, id, {
      ...job(scope, draw),
      ...draw.some({ waitForCompletion: () => draw.flag(), timeout: () => draw.seconds(60, 3_600) }),
    });
  },
  "kubernetes.CronJob": (scope, draw, id) => {
    kubernetes(scope);
    return new k8s.CronJob(scope, id, {
      ...job(scope, draw),
      schedule: draw.text("0 3 * * 1-5", "*/15 * * JAN ?", "@daily", "60 * * * *"),
      ...draw.some({
        timeZone: () => draw.text("Asia/Seoul", "Etc/UTC"),
        overlap: () => draw.among("Forbid" as const, "Allow" as const, "Replace" as const),
        startWithin: () => draw.seconds(0, 600),
        history: () => ({ completed: draw.number(0, 9), failed: draw.number(0, 9) }),
        suspended: () => draw.flag(),
      }),
    });
  },
  "kubernetes.Project": (scope, draw, id) => {
    kubernetes(scope);
    return new k8s.Project(scope, id, {
      name: draw.name(),
      quota: draw.one(
        () => k8s.Quota.none(),
        () =>
          k8s.Quota.of({
            ...amounts(draw),
            ...draw.some({
              cpuLimit: () => k8s.Cpu.cores(draw.number(1, 9)),
              memoryLimit: () => draw.gibibytes(1, 9),
              pods: () => draw.number(0, 100),
              claims: () => draw.number(0, 9),
              storage: () => draw.gibibytes(1, 900),
              loadBalancers: () => draw.number(0, 2),
            }),
          }),
      ),
      ...draw.some({
        limits: () =>
          k8s.ContainerLimits.of(
            draw.some({ requests: () => amounts(draw), limits: () => amounts(draw), max: () => amounts(draw) }),
          ),
        members: () =>
          draw.some({
            view: () => draw.list(() => subject(draw)),
            edit: () => draw.list(() => subject(draw)),
            admin: () => draw.list(() => subject(draw)),
          }),
        traffic: () =>
          draw.one(
            () => k8s.ProjectTraffic.open(),
            () =>
              k8s.ProjectTraffic.isolated(
                draw.some({
                  namespaces: () => draw.list(() => draw.name()),
                  blocks: () => draw.list(() => draw.peer()),
                }),
              ),
          ),
        pods: () => draw.among("restricted" as const, "baseline" as const),
        labels: () => labels(draw),
        dependsOn: () => [],
      }),
    });
  },
};
