import { Peer } from "@groundwork/constructs/core/peer";
import { Size } from "@groundwork/constructs/core/size";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { ContainerLimits } from "@groundwork/constructs/kubernetes/project/container-limits";
import { Project, type ProjectProps } from "@groundwork/constructs/kubernetes/project/project";
import { ProjectTraffic } from "@groundwork/constructs/kubernetes/project/project-traffic";
import { Quota } from "@groundwork/constructs/kubernetes/project/quota";
import { Subject } from "@groundwork/constructs/kubernetes/project/subject";
import { KUB018 } from "@groundwork/constructs/kubernetes/rules";
import { KUB044, KUB045, KUB046, KUB047 } from "@groundwork/constructs/kubernetes/project/rules";
import { Cpu } from "@groundwork/constructs/kubernetes/workload/cpu";
import { graphOf } from "../../../support/graph";
import { clusterStack, manifests, objectOf, webService } from "../../../support/kubernetes";

function project(props: Partial<ProjectProps> = {}) {
  const stack = clusterStack();
  const created = new Project(stack, "Shop", { name: "shop", quota: Quota.of({ pods: 20 }), ...props });
  return { stack, created };
}

describe("Project", () => {
  test("is a namespace with a quota, to which only its own pods can connect", () => {
    const { stack } = project();
    expect(manifests(stack).map(({ kind, name }) => [kind, name])).toEqual([
      ["Namespace", "shop"],
      ["NetworkPolicy", "project"],
      ["ResourceQuota", "project"],
    ]);
    expect(objectOf(stack, "ResourceQuota", "spec")).toEqual({ hard: { pods: "20" } });
    expect(objectOf(stack, "NetworkPolicy", "spec")).toEqual({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
  });

  test("has amounts of processors, memory, storage and objects", () => {
    const { stack } = project({
      quota: Quota.of({
        cpu: Cpu.cores(4),
        memory: Size.gibibytes(8),
        cpuLimit: Cpu.cores(8),
        memoryLimit: Size.gibibytes(8),
        claims: 5,
        storage: Size.gibibytes(100),
        loadBalancers: 0,
      }),
    });
    expect(objectOf(stack, "ResourceQuota", "spec.hard")).toEqual({
      "requests.cpu": "4",
      "requests.memory": "8Gi",
      "limits.cpu": "8",
      "limits.memory": "8Gi",
      persistentvolumeclaims: "5",
      "requests.storage": "100Gi",
      "services.loadbalancers": "0",
    });
  });

  test("gives containers without resources defaults, and has a maximum", () => {
    const limits = ContainerLimits.of({
      requests: { cpu: Cpu.millicores(100) },
      limits: { memory: Size.mebibytes(256) },
      max: { cpu: Cpu.cores(2) },
    });
    expect(objectOf(project({ limits }).stack, "LimitRange", "spec.limits")).toEqual([
      { type: "Container", defaultRequest: { cpu: "100m" }, default: { memory: "256Mi" }, max: { cpu: "2" } },
    ]);
  });

  test("binds the roles that every cluster has to its members", () => {
    const { stack } = project({
      members: {
        edit: [Subject.group("shop-developers"), Subject.user("kim@example.com")],
        view: [Subject.serviceAccount("ci", "reader")],
        admin: [],
      },
    });
    const bindings = manifests(stack).filter(({ kind }) => kind === "RoleBinding");
    expect(bindings.map(({ object }) => object)).toMatchObject([
      {
        metadata: { name: "project-edit", namespace: "shop" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" },
        subjects: [
          { kind: "Group", name: "shop-developers", apiGroup: "rbac.authorization.k8s.io" },
          { kind: "User", name: "kim@example.com", apiGroup: "rbac.authorization.k8s.io" },
        ],
      },
      {
        metadata: { name: "project-view" },
        subjects: [{ kind: "ServiceAccount", name: "reader", namespace: "ci" }],
      },
    ]);
  });

  test("admits pods of other namespaces and address blocks, or everyone", () => {
    const traffic = ProjectTraffic.isolated({ namespaces: ["ingress-nginx"], blocks: [Peer.ipv4("10.0.0.0/16")] });
    expect(objectOf(project({ traffic }).stack, "NetworkPolicy", "spec.ingress")).toEqual([
      {
        from: [
          { podSelector: {} },
          { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } },
          { ipBlock: { cidr: "10.0.0.0/16" } },
        ],
      },
    ]);
    const { stack } = project({ traffic: ProjectTraffic.open(), quota: Quota.none() });
    expect(manifests(stack).map(({ kind }) => kind)).toEqual(["Namespace"]);
  });

  test("exists completely before its workloads, and until they are destroyed", () => {
    const { stack, created } = project({
      limits: ContainerLimits.of({ requests: { cpu: Cpu.millicores(100) } }),
      members: { view: [Subject.group("a")] },
    });
    webService(stack, { namespace: created.namespaceName, dependsOn: [created] });
    const graph = graphOf(stack);
    for (const type of ["namespace_v1", "resource_quota_v1", "limit_range_v1", "network_policy_v1", "role_binding_v1"])
      expect([type, graph.needs("kubernetes_deployment_v1", `kubernetes_${type}`)]).toEqual([type, true]);
  });

  test("rejects quotas, limits, members, peers and names that the API server rejects or that are a mistake", () => {
    expect(() => project({ quota: Quota.of({}) })).toViolate(KUB044);
    expect(() => project({ quota: Quota.of({ pods: 1.5 }) })).toViolate(KUB044);
    const [small, large] = [{ cpu: Cpu.millicores(1) }, { cpu: Cpu.cores(1) }];
    for (const amounts of [
      { requests: large, limits: small },
      { limits: large, max: small },
      { requests: large, max: small },
    ])
      expect(() => project({ limits: ContainerLimits.of(amounts) })).toViolate(KUB045);
    const member = (subject: Subject) => () => project({ members: { view: [subject] } });
    expect(member(Subject.group("system:authenticated"))).toViolate(KUB046, /everyone|group of the project/);
    expect(member(Subject.user(" "))).toViolate(KUB046);
    expect(member(Subject.serviceAccount("a_b", "c"))).toViolate(KUB046);
    expect(() => project({ members: { owner: [] } as never })).toViolate(KUB046, /view, edit, admin/);
    const blocks = [Peer.group("sg-0123456789abcdef0")];
    expect(() => project({ traffic: ProjectTraffic.isolated({ blocks }) })).toViolate(KUB047);
    expect(() => project({ traffic: ProjectTraffic.isolated({ namespaces: ["a_b"] }) })).toViolate(NAM001);
    expect(() => project({ labels: { "a b": "" } })).toViolate(KUB018);
    expect(() => project({ name: "Shop" })).toViolate(NAM001);
  });
});
