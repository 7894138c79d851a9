import * as k8s from "@groundwork/constructs/kubernetes";
import type { Construct } from "constructs";
import type { Draw } from "../draw";
import type { Generator } from "../program";
import { podUses } from "./pods";
import { fresh, kubernetes } from "./surroundings";

const label = (draw: Draw) => draw.text("web", "a.b", "example.com/a");

function port(draw: Draw): k8s.ServicePort {
  const ports = { service: draw.number(1, 65_535), container: draw.number(1, 65_535) };
  return draw.one(
    () => k8s.ServicePort.byNumber(ports),
    () => k8s.ServicePort.of({ ...ports, ...draw.some({ name: () => draw.text("http", "web-1") }) }),
  );
}

function probe(draw: Draw): k8s.Probe {
  const timing = draw.some({
    every: () => draw.seconds(1, 60),
    timeout: () => draw.seconds(1, 5),
    failures: () => draw.number(1, 30),
    after: () => draw.seconds(1, 60),
  });
  return draw.one(
    () => k8s.Probe.tcp(timing),
    () => k8s.Probe.http(draw.text("/healthz", "x"), timing),
  );
}

function shutdown(draw: Draw): k8s.Shutdown {
  const times = draw.some({ drain: () => draw.seconds(1, 60), finish: () => draw.seconds(1, 120) });
  return draw.one(
    () => k8s.Shutdown.immediate(),
    () => k8s.Shutdown.afterSleep(times),
    () =>
      k8s.Shutdown.afterCommand(
        draw.list(() => draw.prose(), 2, 1),
        times,
      ),
    () => k8s.Shutdown.afterRequest(draw.text("/stop"), times),
  );
}

/** A service; `changes` are what another construct requires of it. */
function service(scope: Construct, draw: Draw, id: string, changes: Partial<k8s.WebServiceProps> = {}): k8s.WebService {
  kubernetes(scope);
  const namespace = draw.maybe(() => draw.name());
  return new k8s.WebService(scope, id, {
    ...podUses(scope, draw, namespace ?? "default"),
    ...(namespace === undefined ? {} : { namespace }),
    name: draw.name(),
    image: draw.text("web:1.4.0", "registry.example.com:5000/team/web:1.4.0", `web@sha256:${"0a".repeat(32)}`, "web:"),
    port: port(draw),
    replicas: draw.one(
      () => k8s.Replicas.fixed(draw.number(1, 9)),
      () => k8s.Replicas.autoscaled({ initial: draw.number(1, 9) }),
    ),
    health: draw.one(
      () => k8s.Health.unknown(),
      () =>
        k8s.Health.at(
          draw.text("/healthz", "/a/../b"),
          draw.some({ startup: () => probe(draw), readiness: () => probe(draw), liveness: () => probe(draw) }),
        ),
    ),
    resources: draw.one(
      () => k8s.Resources.unbounded(),
      () => k8s.Resources.of({ requests: { cpu: k8s.Cpu.millicores(draw.number(10, 4_000)) } }),
      () => k8s.Resources.of({ limits: { memory: draw.gibibytes(1, 8) } }),
    ),
    ...draw.some({
      serviceName: () => draw.name(),
      labels: () => ({
        [label(draw)]: draw.text("web", "a b"),
        ...draw.map(
          () => label(draw),
          () => draw.text("web"),
        ),
      }),
      containerName: () => draw.name(),
      pull: () => draw.among("Always" as const, "IfNotPresent" as const, "Never" as const),
      exposure: () =>
        draw.one(
          () => k8s.Exposure.inCluster(),
          () => k8s.Exposure.onNodes(),
          () => k8s.Exposure.onNodes(draw.number(30_000, 32_767)),
        ),
      environment: () =>
        draw.map(
          () => draw.text("NAME", "A_B", "1A", "a=b"),
          () => draw.prose(),
        ),
      environmentFrom: () =>
        draw.list(
          () =>
            draw.one(
              () => ({ secret: draw.name() }),
              () => ({ configMap: draw.name() }),
            ),
          2,
        ),
      command: () => draw.list(() => draw.prose(), 2, 1),
      args: () => draw.list(() => draw.prose(), 2, 1),
      podAnnotations: () =>
        draw.map(
          () => label(draw),
          () => draw.prose(),
        ),
      shutdown: () => shutdown(draw),
      rollout: () =>
        draw.one(
          () => k8s.Rollout.recreate(),
          () =>
            k8s.Rollout.rolling(
              draw.some({
                maxSurge: () => draw.number(0, 3),
                maxUnavailable: () => draw.among(0, 1, "25%" as const, "0%" as const),
                minReady: () => draw.seconds(1, 60),
                deadline: () => draw.seconds(60, 600),
              }),
            ),
        ),
      nodeSelector: () =>
        draw.map(
          () => label(draw),
          () => draw.text("web"),
        ),
      tolerations: () =>
        draw.list(() => ({
          key: label(draw),
          ...draw.some({
            value: () => draw.text("x"),
            effect: () => draw.among("NoSchedule" as const, "NoExecute" as const),
          }),
        })),
      serviceAccount: () => draw.text("web", "b.c"),
      spread: () =>
        draw.one(
          () => k8s.Spread.overZones(),
          () => k8s.Spread.strictlyOverZones(),
          () => k8s.Spread.anywhere(),
        ),
      disruption: () =>
        draw.one(
          () => k8s.DisruptionBudget.none(),
          () => k8s.DisruptionBudget.maxUnavailable(draw.number(1, 2)),
          () => k8s.DisruptionBudget.minAvailable(draw.number(0, 2)),
        ),
      security: () =>
        draw.one(
          () => k8s.PodSecurity.root(),
          () => k8s.PodSecurity.unset(),
          () =>
            k8s.PodSecurity.nonRoot(
              draw.some({
                user: () => draw.number(1, 65_535),
                readOnlyFiles: () => draw.flag(),
                writable: () => draw.list(() => draw.text("/tmp", "/var/cache", "/tmp/../x")),
              }),
            ),
        ),
      dependsOn: () => [],
    }),
    ...changes,
  });
}

/** What an autoscaler requires of its target. */
function autoscaled(draw: Draw): Partial<k8s.WebServiceProps> {
  return {
    replicas: k8s.Replicas.autoscaled({ initial: draw.number(1, 9) }),
    resources: k8s.Resources.of({ requests: { cpu: k8s.Cpu.millicores(draw.number(10, 4_000)) } }),
  };
}

/** What targets of type instance require of their service. */
function onNodes(draw: Draw): Partial<k8s.WebServiceProps> {
  return draw.rarely(
    () => ({ exposure: k8s.Exposure.onNodes() }),
    () => ({}),
  );
}

export const KUBERNETES: Readonly<Record<string, Generator>> = {
  "kubernetes.WebService": (scope, draw, id) => service(scope, draw, id),
  "kubernetes.PodAutoscaler": (scope, draw, id) =>
    new k8s.PodAutoscaler(scope, id, {
      target: service(
        scope,
        draw,
        fresh(scope, "Service"),
        draw.rarely(
          () => autoscaled(draw),
          () => ({}),
        ),
      ),
      min: draw.number(1, 3),
      max: draw.number(3, 20),
      cpuPercent: draw.number(1, 400),
      ...draw.some({ name: () => draw.name(), dependsOn: () => [] }),
    }),
  "kubernetes.Namespace": (scope, draw, id) => {
    kubernetes(scope);
    return new k8s.Namespace(scope, id, {
      name: draw.name(),
      ...draw.some({
        pods: () => draw.among("restricted" as const, "baseline" as const, "privileged" as const),
        readinessGates: () => draw.flag(),
        labels: () =>
          draw.map(
            () => label(draw),
            () => draw.text("web"),
          ),
        annotations: () =>
          draw.map(
            () => label(draw),
            () => draw.prose(),
          ),
        dependsOn: () => [],
      }),
    });
  },
  "kubernetes.HelmRelease": (scope, draw, id) => {
    kubernetes(scope);
    return new k8s.HelmRelease(scope, id, {
      name: draw.name(),
      chart: draw.text("nginx"),
      version: draw.text("1.2.3", "x"),
      namespace: draw.name(),
      ...draw.some({
        repository: () => draw.text("https://charts.example.com", "oci://registry.example.com/charts"),
        values: () => ({
          [draw.text("a", "b.c")]: draw.prose(),
          replicas: draw.number(1, 3),
          list: [draw.prose(), null],
        }),
        createNamespace: () => draw.flag(),
        timeout: () => draw.seconds(300, 900),
        dependsOn: () => [],
      }),
    });
  },
  "kubernetes.IngressGroup": (scope, draw, id) => {
    kubernetes(scope);
    const targetType = draw.maybe(() => draw.among("ip" as const, "instance" as const));
    const group = new k8s.IngressGroup(scope, id, {
      name: draw.name(),
      ...(targetType === undefined ? {} : { targetType }),
      ...draw.some({
        scheme: () => draw.among("internal" as const, "internet-facing" as const),
        listeners: () =>
          draw.one(
            () => k8s.Listeners.http(draw.number(1, 65_535)),
            () =>
              k8s.Listeners.https({
                certificateArns: [draw.text("arn:aws:acm:eu-west-1:111122223333:certificate/1", "x")],
                region: "eu-west-1",
                ...draw.some({
                  port: () => draw.number(1, 65_535),
                  tlsPolicy: () => draw.text("ELBSecurityPolicy-2016-08"),
                }),
              }),
          ),
        domain: () => ({
          certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/1",
          region: "eu-west-1",
          addRecords: () => undefined,
        }),
        inbound: () => draw.distinct(() => draw.peer()),
        webAclArn: () => draw.text("arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1", "x"),
        attributes: () =>
          draw.map(
            () => draw.text("idle_timeout.timeout_seconds"),
            () => draw.text("60", "a=b", "a,b"),
          ),
        loadBalancerName: () => draw.text("web", "internal-x"),
        subnetIds: () => ["subnet-00000000000000001", draw.text("subnet-00000000000000002")],
        annotations: () =>
          draw.map(
            () => draw.text("alb.ingress.kubernetes.io/customer-owned-ipv4-pool", "example.com/a"),
            () => draw.prose(),
          ),
        tags: () => draw.tags(),
        ingressClass: () => draw.text("alb"),
        waitForLoadBalancer: () => draw.flag(),
        dependsOn: () => [],
      }),
    });
    for (const [n, member] of draw.list(() => draw.text(/^[A-Z][a-z]{2,9}$/), 2, 1).entries())
      group.add(member, {
        name: draw.name(),
        order: draw.rarely(
          () => n,
          () => draw.number(-1_000, 1_000),
        ),
        host: draw.rarely(
          () => `${n}.example.com`,
          () => draw.text("shop.example.com", "*.example.com"),
        ),
        service: service(scope, draw, fresh(scope, "Service"), targetType === "instance" ? onNodes(draw) : {}),
        ...draw.some({
          path: () => draw.text("/", "/api", "x"),
          pathType: () => draw.among("Prefix" as const, "Exact" as const, "ImplementationSpecific" as const),
          healthCheck: () =>
            draw.some({
              path: () => draw.text("/healthz"),
              every: () => draw.seconds(10, 300),
              timeout: () => draw.seconds(2, 9),
              healthyAfter: () => draw.number(2, 10),
              unhealthyAfter: () => draw.number(2, 10),
              codes: () => draw.text("200", "200-399"),
            }),
          deregistrationDelay: () => draw.seconds(1, 3_600),
          targetGroupAttributes: () =>
            draw.map(
              () => draw.text("slow_start.duration_seconds"),
              () => draw.text("30"),
            ),
          annotations: () =>
            draw.map(
              () => draw.text("example.com/b"),
              () => draw.prose(),
            ),
        }),
      });
  },
};
