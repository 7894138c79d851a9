import { ResourceGraph } from "@groundwork/constructs/insight/deploy-time/resource-graph";

const graph = new ResourceGraph({
  provider: {
    aws: [{ region: "us-west-2" }, { alias: "virginia", region: "us-east-1" }],
    helm: [{ kubernetes: { host: "${data.aws_eks_cluster.Found.endpoint}" } }],
  },
  data: { aws_eks_cluster: { Found: { name: "demo" } } },
  resource: {
    aws_vpc: { V: {} },
    aws_subnet: { A: { vpc_id: "${aws_vpc.V.id}" }, B: { vpc_id: "${aws_vpc.V.id}" } },
    aws_instance: { I: { subnet_id: "${aws_subnet.A.id}", depends_on: ["aws_route.R"] } },
    aws_route: { R: { "//": { metadata: "aws_subnet.B" }, vpc: "${aws_vpc.V.id}" } },
    aws_acm_certificate: { C: { provider: "aws.virginia" } },
    helm_release: { H: {} },
  },
});

describe("ResourceGraph", () => {
  test("has edges for references and depends_on, and ignores the metadata of CDKTF", () => {
    expect(graph.parentsOf("aws_instance.I")).toEqual(["aws_subnet.A", "aws_route.R", "provider.aws"]);
    expect(graph.touches("aws_route", "aws_subnet")).toBe(false);
  });

  test("follows edges transitively", () => {
    expect(graph.needs("aws_instance", "aws_vpc")).toBe(true);
    expect(graph.needs("aws_instance", "aws_subnet")).toBe(false);
    expect(graph.touches("aws_instance", "aws_subnet")).toBe(true);
  });

  test("contains the provider of a resource, and its dependencies", () => {
    expect(graph.needs("helm_release", "data.aws_eks_cluster.Found")).toBe(true);
    expect(graph.parentsOf("aws_acm_certificate.C")).toEqual(["provider.aws.virginia"]);
  });

  test("fails for types that the stack does not contain", () => {
    expect(() => graph.needs("aws_instance", "aws_nat_gateway")).toThrow("no aws_nat_gateway");
    expect(() => graph.needs("aws_eip", "aws_vpc")).toThrow("no aws_eip");
  });

  test("finds a cycle", () => {
    expect(graph.cycle).toBeUndefined();
    const circle = new ResourceGraph({
      resource: { aws_eip: { A: { after: "${aws_eip.B.id}" }, B: { after: "aws_eip.A" } } },
    });
    expect(circle.cycle).toBe("aws_eip.A");
  });
});
