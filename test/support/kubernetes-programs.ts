import { Duration } from "@groundwork/constructs/core/duration";
import { Size } from "@groundwork/constructs/core/size";
import { IngressGroup } from "@groundwork/constructs/kubernetes/ingress/ingress-group";
import type { IngressMemberProps } from "@groundwork/constructs/kubernetes/ingress/ingress-member";
import { Namespace } from "@groundwork/constructs/kubernetes/namespace";
import { DisruptionBudget } from "@groundwork/constructs/kubernetes/scaling/disruption-budget";
import { PodAutoscaler } from "@groundwork/constructs/kubernetes/scaling/pod-autoscaler";
import { Replicas } from "@groundwork/constructs/kubernetes/scaling/replicas";
import { Spread } from "@groundwork/constructs/kubernetes/scaling/spread";
import { Cpu } from "@groundwork/constructs/kubernetes/workload/cpu";
import { Exposure } from "@groundwork/constructs/kubernetes/workload/exposure";
import { Health } from "@groundwork/constructs/kubernetes/workload/health";
import { PodSecurity } from "@groundwork/constructs/kubernetes/workload/pod-security";
import { Probe } from "@groundwork/constructs/kubernetes/workload/probe";
import { Resources } from "@groundwork/constructs/kubernetes/workload/resources";
import { Rollout } from "@groundwork/constructs/kubernetes/workload/rollout";
import { ServicePort } from "@groundwork/constructs/kubernetes/workload/service-port";
import { Shutdown } from "@groundwork/constructs/kubernetes/workload/shutdown";
import { WebService } from "@groundwork/constructs/kubernetes/workload/web-service";
import type { TerraformStack } from "cdktf";
import fc from "fast-check";

/** Adds constructs to a stack. Value objects are created inside, because their checks may fail. */
export type Program = (stack: TerraformStack) => void;

/** Texts at and beyond the limits of names, labels and paths, with characters that have a meaning somewhere. */
export function oddText(): fc.Arbitrary<string> {
  const unit = fc.constantFrom(..."abz09AZ-._/ *?:=,@é${}%\n");
  return fc.oneof(
    fc.string({ unit, maxLength: 6 }),
    fc.constantFrom(1, 15, 16, 53, 54, 63, 64, 128, 129, 242, 243, 253, 254).map((length) => "x".repeat(length)),
    fc.constantFrom(
      "3scale",
      "b.c",
      "web",
      "a--b",
      "-a",
      "a-",
      "..",
      "/",
      "/a",
      "/a/../b",
      "/a//b",
      "*.a.b",
      "${x}",
      "%{x}",
    ),
    fc.constantFrom(
      "web:",
      "web:1",
      "1A",
      "a=b",
      "Web",
      "example.com/a",
      "a/b/c",
      "1.2.3.4",
      "constructor",
      "__proto__",
    ),
  );
}

/** Numbers at and beyond the limits of the API's fields. */
export function oddNumber(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: -2, max: 12 }),
    fc.constantFrom(
      NaN,
      Infinity,
      -Infinity,
      -0,
      0.5,
      1.5,
      100,
      101,
      300,
      301,
      1_000,
      1_001,
      65_535,
      65_536,
      2 ** 31 - 1,
      2 ** 31,
    ),
  );
}

/** A DNS label that starts with a letter: valid as every name. */
export function plainName(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

/** Keys and values; all keys are own properties. */
function map(
  key: fc.Arbitrary<string>,
  value: fc.Arbitrary<string>,
  minLength = 0,
): fc.Arbitrary<Record<string, string>> {
  return fc.array(fc.tuple(key, value), { minLength, maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}

const image = fc.constantFrom(
  "web:1.4.0",
  "registry.example.com:5000/team/web:1.4.0",
  `web@sha256:${"0a".repeat(32)}`,
  "web",
);
const directory = fc.stringMatching(/^(\/[a-z.]{1,5}[a-z]){1,3}$/);
const path = fc.stringMatching(/^(\/[a-z]{1,4}){1,3}$/);

/** A value that is valid, or, in one of so many cases, one that may not be. */
type Mostly = <T>(valid: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) => fc.Arbitrary<T>;

/** Arbitraries of all props. `rarity`: how many valid values there are for one that may be invalid; infinite without any. */
function arbitraries(rarity: number) {
  const mostly: Mostly = (valid, odd) =>
    rarity === Infinity ? valid : fc.oneof({ weight: rarity, arbitrary: valid }, { weight: 1, arbitrary: odd });
  const text = (valid: fc.Arbitrary<string>): fc.Arbitrary<string> => mostly(valid, oddText());
  const number = (min: number, max: number): fc.Arbitrary<number> => mostly(fc.integer({ min, max }), oddNumber());
  const seconds = (min: number, max: number): fc.Arbitrary<() => Duration> =>
    number(min, max).map((amount) => () => Duration.seconds(amount));

  const webServiceProps = fc.record({
    name: text(plainName()),
    namespace: maybe(text(plainName())),
    serviceName: maybe(text(plainName())),
    containerName: maybe(text(plainName())),
    labels: maybe(map(text(plainName()), text(plainName()), rarity === Infinity ? 1 : 0)),
    image: text(image),
    pull: maybe(fc.constantFrom("Always" as const, "IfNotPresent" as const, "Never" as const)),
    ports: fc.tuple(number(1, 65_535), number(1, 65_535), maybe(text(fc.constantFrom("http", "web-1")))),
    nodePort: maybe(number(30_000, 32_767)),
    environment: map(text(fc.stringMatching(/^[A-Z_]{1,8}$/)), oddText()),
    environmentFrom: fc.array(text(plainName()), { maxLength: 2 }),
    command: maybe(fc.array(oddText(), { minLength: 1, maxLength: 2 })),
    podAnnotations: map(text(plainName()), oddText()),
    nodeSelector: map(text(plainName()), text(plainName())),
    toleration: maybe(fc.record({ key: text(plainName()), value: maybe(text(plainName())) })),
    serviceAccount: maybe(text(plainName())),
    replicas: number(1, 20),
    autoscaler: maybe(fc.record({ min: number(1, 3), max: number(3, 20), cpuPercent: number(1, 400) })),
    budget: maybe(fc.tuple(fc.constantFrom("maxUnavailable" as const, "minAvailable" as const), number(0, 2))),
    healthPath: text(path),
    failures: number(1, 30),
    every: seconds(1, 60),
    user: maybe(number(1, 65_535)),
    writable: maybe(fc.array(text(directory), { maxLength: 3 })),
    shutdown: maybe(fc.tuple(seconds(1, 60), seconds(1, 120))),
    rollout: maybe(fc.tuple(number(0, 3), number(0, 3))),
    millicores: number(10, 4_000),
    mebibytes: number(16, 4_096),
  });

  const memberProps = fc.record({
    id: text(plainName()),
    name: text(plainName()),
    order: mostly(fc.integer({ min: -1000, max: 1000 }), oddNumber()),
    host: maybe(text(fc.constantFrom("shop.example.com", "*.example.com", "api.example.com"))),
    path: maybe(text(path)),
    pathType: maybe(fc.constantFrom("Prefix" as const, "Exact" as const, "ImplementationSpecific" as const)),
    codes: maybe(text(fc.constantFrom("200", "200-399", "200,302"))),
    every: maybe(seconds(10, 300)),
    thresholds: maybe(fc.tuple(number(2, 10), number(2, 10))),
    delay: maybe(seconds(1, 3_600)),
  });

  return fc.record({
    namespace: fc.record({
      name: text(plainName()),
      labels: map(text(plainName()), text(plainName())),
      annotations: map(
        text(plainName()),
        oddText().filter((value) => value.length < 300),
      ),
      readinessGates: fc.boolean(),
    }),
    service: webServiceProps,
    group: fc.record({ name: text(plainName()), tags: map(text(plainName()), text(plainName())) }),
    members: fc.array(memberProps, { minLength: 1, maxLength: 3 }),
  });
}

type Values = ReturnType<typeof arbitraries> extends fc.Arbitrary<infer T> ? T : never;
type WebServiceValues = Values["service"];

function webService(stack: TerraformStack, id: string, values: WebServiceValues): WebService {
  const { autoscaler, budget, user, writable, shutdown, rollout, toleration } = values;
  const [service, container, name] = values.ports;
  const created = new WebService(stack, id, {
    ...present({
      name: values.name,
      image: values.image,
      namespace: values.namespace,
      serviceName: values.serviceName,
      containerName: values.containerName,
      labels: values.labels,
      pull: values.pull,
      serviceAccount: values.serviceAccount,
      environment: values.environment,
      podAnnotations: values.podAnnotations,
      nodeSelector: values.nodeSelector,
      command: values.command,
    }),
    environmentFrom: values.environmentFrom.map((secret) => ({ secret })),
    ...present({ tolerations: toleration && [present(toleration)] }),
    port:
      name === undefined ? ServicePort.byNumber({ service, container }) : ServicePort.of({ service, container, name }),
    exposure: values.nodePort === undefined ? Exposure.inCluster() : Exposure.onNodes(values.nodePort),
    replicas:
      autoscaler === undefined ? Replicas.fixed(values.replicas) : Replicas.autoscaled({ initial: values.replicas }),
    health: Health.at(values.healthPath, { liveness: Probe.tcp({ every: values.every(), failures: values.failures }) }),
    resources: Resources.of({
      requests: { cpu: Cpu.millicores(values.millicores), memory: Size.mebibytes(values.mebibytes) },
    }),
    security: PodSecurity.nonRoot(present({ user, writable })),
    spread: Spread.overZones(),
    ...present({
      disruption: budget && DisruptionBudget[budget[0]](budget[1]),
      shutdown: shutdown && Shutdown.afterSleep({ drain: shutdown[0](), finish: shutdown[1]() }),
      rollout: rollout && Rollout.rolling({ maxSurge: rollout[0], maxUnavailable: rollout[1] }),
    }),
  });
  if (autoscaler !== undefined) new PodAutoscaler(stack, `${id}Autoscaler`, { target: created, ...autoscaler });
  return created;
}

/**
 * A namespace, a service with an autoscaler, and an ingress group with up to three members.
 *
 * @param rarity how many valid values there are for one that may be invalid; `Infinity` for valid values only, which may still
 * conflict with each other
 */
export function anyProgram(rarity: number): fc.Arbitrary<Program> {
  return arbitraries(rarity).map(({ namespace, service, group, members }): Program => (stack) => {
    new Namespace(stack, "Namespace", namespace);
    const backend = webService(stack, "Service", service);
    const web = new IngressGroup(stack, "Group", group);
    for (const { id, codes, every, thresholds, delay, ...member } of members)
      web.add(id, {
        ...(present(member) as Pick<IngressMemberProps, "name" | "order">),
        service: backend,
        healthCheck: present({
          codes,
          every: every?.(),
          healthyAfter: thresholds?.[0],
          unhealthyAfter: thresholds?.[1],
        }),
        ...present({ deregistrationDelay: delay?.() }),
      });
  });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> } & {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
};

/** The properties that are set. */
function present<T extends object>(properties: T): Present<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Present<T>;
}
