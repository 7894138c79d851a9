import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { type Manifest, manifestsOf } from "@groundwork/constructs/kubernetes/manifest/manifest";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { lab } from "@groundwork/stacks/environments/lab";
import { ENV002 } from "@groundwork/stacks/rules";
import { resources, synthesized } from "../support/fixture";
import { stackOf } from "../support/stacks";

const ALB = "alb.ingress.kubernetes.io";

function objectsOf(id: string): (kind: string, name: string) => Manifest["object"] | undefined {
  const manifests = manifestsOf(synthesized(stackOf(id)));
  return (kind, name) => manifests.find((one) => one.kind === kind && one.name === name)?.object;
}

describe("lab-eks-workloads", () => {
  const object = objectsOf("lab-eks-workloads");

  test.each([
    ["demo-flask-backend", 1, 8080, "C4 as C8 leaves it"],
    ["demo-nodejs-backend", 3, 3000, "C5"],
    ["demo-frontend", 3, 80, "C6"],
  ])(
    "has the lab's %s: %d pods that listen on %d, with image pull policy Always (%s)",
    (name, replicas, containerPort) => {
      expect(object("Deployment", name)).toMatchObject({
        metadata: { namespace: "default" },
        spec: {
          replicas,
          template: { spec: { containers: [{ name, imagePullPolicy: "Always", ports: [{ containerPort }] }] } },
        },
      });
    },
  );

  test("uses the digests of `latest` in the lab's repositories, and one public image", () => {
    const image = (name: string) => JSON.stringify(object("Deployment", name));
    for (const name of ["demo-flask-backend", "demo-frontend"])
      expect(image(name)).toMatch(
        new RegExp(
          `"image":"\\$\\{data\\.aws_ecr_repository\\.\\w+\\.repository_url\\}@\\$\\{data\\.aws_ecr_image\\.${name}_latest_from_groundwork_images_build_lab_\\w+\\.image_digest\\}"`,
        ),
      );
    expect(image("demo-nodejs-backend")).toContain('"image":"public.ecr.aws/y7c9e1d2/joozero-repo:latest"');
  });

  test.each([
    ["demo-flask-backend", 8080, 8080, "/contents/aws"],
    ["demo-nodejs-backend", 8080, 3000, "/services/all"],
    ["demo-frontend", 80, 80, "/"],
  ])("has the lab's service %s on nodes: %d to %d, health check at %3$s", (name, port, targetPort, path) => {
    expect(object("Service", name)).toMatchObject({
      metadata: { annotations: { [`${ALB}/healthcheck-path`]: path } },
      spec: { type: "NodePort", ports: [{ port, targetPort }], selector: { app: name } },
    });
  });

  test.each([
    ["flask-backend-ingress", "1", "/contents", "demo-flask-backend", 8080],
    ["nodejs-backend-ingress", "2", "/services", "demo-nodejs-backend", 8080],
    ["frontend-ingress", "3", "/", "demo-frontend", 80],
  ])("routes %s, order %s, from %s to %s: one load balancer for all three", (name, order, path, service, number) => {
    expect(object("Ingress", name)).toMatchObject({
      metadata: {
        annotations: {
          [`${ALB}/scheme`]: "internet-facing",
          [`${ALB}/target-type`]: "ip",
          [`${ALB}/group.name`]: "eks-demo-group",
          [`${ALB}/group.order`]: order,
        },
      },
      spec: {
        ingressClassName: "alb",
        rules: [
          {
            http: { paths: [{ path, pathType: "Prefix", backend: { service: { name: service, port: { number } } } }] },
          },
        ],
      },
    });
  });

  test("scales flask between one and five pods at 30 percent of its 250 millicores (C8)", () => {
    expect(object("HorizontalPodAutoscaler", "demo-flask-backend-hpa")).toMatchObject({
      spec: {
        minReplicas: 1,
        maxReplicas: 5,
        scaleTargetRef: { kind: "Deployment", name: "demo-flask-backend" },
        metrics: [{ resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 30 } } }],
      },
    });
    expect(object("Deployment", "demo-flask-backend")).toMatchObject({
      spec: {
        template: {
          spec: { containers: [{ resources: { requests: { cpu: "250m" }, limits: { cpu: "500m" } } }] },
        },
      },
    });
  });
});

describe("production-eks-workloads", () => {
  const object = objectsOf("production-eks-workloads");

  test("serves HTTPS, redirects HTTP, and exposes services only inside the cluster", () => {
    expect(object("Ingress", "frontend")).toMatchObject({
      metadata: {
        annotations: { [`${ALB}/ssl-redirect`]: "443", [`${ALB}/certificate-arn`]: expect.any(String) as string },
      },
    });
    expect(object("Service", "frontend")).toMatchObject({ spec: { type: "ClusterIP" } });
  });

  test.each(["flask-backend", "nodejs-backend", "frontend"])(
    "replaces the pods of %s without failed requests",
    (name) => {
      expect(object("Namespace", "web")).toMatchObject({
        metadata: { labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } },
      });
      expect(object("Deployment", name)).toMatchObject({
        spec: {
          template: {
            spec: {
              terminationGracePeriodSeconds: 50,
              containers: [{ lifecycle: { preStop: { exec: { command: ["sleep", "20"] } } } }],
            },
          },
        },
      });
      expect(object("Ingress", name)).toMatchObject({
        metadata: { annotations: { [`${ALB}/target-group-attributes`]: "deregistration_delay.timeout_seconds=50" } },
      });
    },
  );

  test("runs fixed image tags, as a non-root user, with memory limits", () => {
    expect(object("Deployment", "flask-backend")).toMatchObject({
      spec: {
        template: {
          spec: {
            securityContext: { runAsNonRoot: true },
            containers: [{ imagePullPolicy: "IfNotPresent", resources: { limits: { memory: "256Mi" } } }],
          },
        },
      },
    });
  });
});

describe.each(["lab", "production", "local"])("%s-eks-workloads", (environment) => {
  const stack = stackOf(`${environment}-eks-workloads`);

  test("has no construct of its own with an id that a service may have", () => {
    const { services } = lab.eks.workloads;
    const own = stack.node.children
      .map(({ node }) => node.id)
      .filter((id) => /^[A-Z][A-Za-z]*$/.test(id) && !(id in services));
    expect(own.length).toBeGreaterThan(2);
    for (const id of own) {
      const data = {
        ...lab,
        eks: { ...lab.eks, workloads: { ...lab.eks.workloads, services: { [id]: services.Frontend } } },
      };
      expect(() => readEnvironment("environments/lab.ts", data)).toViolate(ENV002, /the stack uses this id itself/);
    }
  });

  test("finds its cluster by name and depends on the controllers of load balancers and autoscaling", () => {
    expect(resources(stack, EksCluster)).toEqual([]);
    expect(resources(stack, DataAwsEksCluster)).toHaveLength(1);
    expect(stack.dependencies.map(({ node }) => node.id)).toContain(`${environment}-eks-addons`);
  });
});
