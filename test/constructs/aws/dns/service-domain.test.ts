import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { DNS002 } from "@groundwork/constructs/aws/dns/rules";
import { ServiceDomain, type ServiceDomainProps } from "@groundwork/constructs/aws/dns/service-domain";
import { ELB005 } from "@groundwork/constructs/aws/load-balancer/rules";
import { Region } from "@groundwork/constructs/aws/region";
import { SIT002, SIT006, SIT007 } from "@groundwork/constructs/aws/site/rules";
import { IngressGroup, type IngressGroupProps } from "@groundwork/constructs/kubernetes/ingress/ingress-group";
import { Listeners } from "@groundwork/constructs/kubernetes/ingress/listeners";
import { ING024 } from "@groundwork/constructs/kubernetes/rules";
import { awsStack, resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { manifests, webService } from "../../../support/kubernetes";

const ARN = "arn:aws:acm:ap-northeast-2:111122223333:certificate/1";

function domainStack(props: Partial<ServiceDomainProps> = {}, group: Partial<IngressGroupProps> = {}) {
  const stack = awsStack();
  new KubernetesProvider(stack, "kubernetes");
  const domain = new ServiceDomain(stack, "Domain", {
    names: ["shop.example.com", "*.shop.example.com"],
    zone: { zoneId: "Z1", zoneName: "example.com" },
    region: Region.of("ap-northeast-2"),
    ...props,
  });
  const web = new IngressGroup(stack, "Web", { name: "web", domain, ...group });
  web.add("Api", { name: "api", order: 1, path: "/api", service: webService(stack, { name: "api" }) });
  web.add("Frontend", { name: "frontend", order: 2, service: webService(stack, { name: "frontend" }) });
  return stack;
}

describe("ServiceDomain", () => {
  test("gives a group a certificate, HTTPS, a redirect and one record for each name", () => {
    const stack = domainStack();
    const ingresses = manifests(stack).filter(({ kind }) => kind === "Ingress");
    expect(ingresses).toHaveLength(2);
    for (const { object } of ingresses)
      expect(object.metadata["annotations"]).toMatchObject({
        "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
        "alb.ingress.kubernetes.io/ssl-redirect": "443",
        "alb.ingress.kubernetes.io/certificate-arn": expect.stringContaining(
          "aws_acm_certificate_validation",
        ) as string,
      });
    const aliases = resources(stack, Route53Record).filter((record) => "alias" in record);
    expect(aliases.map(({ name }) => name).sort()).toEqual(["*.shop.example.com", "shop.example.com"]);
    expect(aliases[0]).toMatchObject({
      zone_id: "Z1",
      alias: {
        name: expect.stringMatching(/kubernetes_ingress_v1\.Web_Api_.*hostname/) as string,
        zone_id: expect.stringContaining("data.aws_lb_hosted_zone_id") as string,
      },
    });
  });

  test("is created in the order certificate, ingress, records, and destroyed in the reverse order", () => {
    const graph = graphOf(domainStack());
    expect(graph.needs("kubernetes_ingress_v1", "aws_acm_certificate_validation")).toBe(true);
    const stack = domainStack({ certificateArn: ARN });
    expect(resources(stack, AcmCertificate)).toEqual([]);
    expect(graphOf(domainStack({ certificateArn: ARN }, {})).all("aws_route53_record")).toHaveLength(2);
  });

  test("rejects listeners next to a domain, and records without a load balancer to wait for", () => {
    expect(() => domainStack({}, { listeners: Listeners.http() })).toViolate(ING024);
    expect(() => domainStack({}, { waitForLoadBalancer: false })).toViolate(ING024);
  });

  test("rejects names of another zone, invalid ones, long subjects, and certificates of other regions", () => {
    const named =
      (...names: [string, ...string[]]) =>
      () =>
        domainStack({ names });
    expect(named("shop.example.org")).toViolate(SIT002);
    expect(named("Shop.example.com")).toViolate(SIT006);
    expect(named(`${"a".repeat(60)}.example.com`)).toViolate(SIT007);
    expect(() => domainStack({ certificateArn: ARN.replace("ap-northeast-2", "us-east-1") })).toViolate(ELB005);
  });

  test("rejects a new certificate for a private zone, and accepts an existing one", () => {
    const zone = { zoneId: "Z1", zoneName: "example.com", isPrivate: true };
    expect(() => domainStack({ zone })).toViolate(DNS002);
    expect(() => domainStack({ zone, certificateArn: ARN })).not.toThrow();
  });
});
