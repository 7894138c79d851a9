import * as nhn from "@groundwork/constructs/nhn";
import * as openstack from "@groundwork/constructs/openstack";
import { Port } from "@groundwork/constructs/core/port";
import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import type { Construct } from "constructs";
import { TerraformStack } from "cdktf";
import type { Draw } from "../draw";
import type { Generator } from "../program";
import { fresh, nhnApi, vpc } from "./surroundings";

const name = (draw: Draw) => draw.prose();

function publicSubnet(scope: Construct, draw: Draw): nhn.Subnet {
  const { publicTable: routingTable } = vpc(scope, draw);
  const { length } = TerraformStack.of(scope)
    .node.findAll()
    .filter((each) => each instanceof nhn.Subnet);
  const cidr = draw.cidr(`172.31.${16 + 16 * length}.0/20`, "172.31.16.0/20");
  return new nhn.Subnet(scope, fresh(scope, "PublicSubnet"), { cidr, routingTable, access: nhn.Access.PUBLIC });
}

function external(scope: Construct): openstack.IExternalNetwork {
  return new openstack.ExternalNetwork(scope, fresh(scope, "External"), { cloud: nhn.NHN_CLOUD });
}

export const NHN: Readonly<Record<string, Generator>> = {
  "nhn.ApiToken": (scope, draw) => {
    nhnApi(scope, draw);
  },
  "nhn.Vpc": (scope, draw, id) =>
    new nhn.Vpc(scope, id, {
      api: nhnApi(scope, draw),
      cidr: draw.cidr("172.31.0.0/16", "10.0.0.0/8", "8.0.0.0/16", "10.0.0.0/25"),
      ...draw.some({ name: () => name(draw) }),
    }),
  "nhn.InternetGateway": (scope, draw, id) => {
    nhnApi(scope, draw);
    return new nhn.InternetGateway(
      scope,
      id,
      draw.some({ externalNetwork: () => external(scope), name: () => name(draw) }),
    );
  },
  "nhn.RoutingTable": (scope, draw, id) =>
    new nhn.RoutingTable(scope, id, {
      vpc: vpc(scope, draw).vpc,
      ...draw.some({
        internetGateway: () =>
          nhn.InternetGateway.fromId(scope, fresh(scope, "Gateway"), "00000000-0000-4000-8000-000000000000"),
        routing: () => draw.among(nhn.Routing.CENTRALIZED, nhn.Routing.DISTRIBUTED),
        name: () => name(draw),
      }),
    }),
  "nhn.Subnet": (scope, draw, id) => {
    const { publicTable, privateTable } = vpc(scope, draw);
    return new nhn.Subnet(scope, id, {
      cidr: draw.cidr("172.31.0.0/20", "172.31.48.0/28", "172.31.64.0/29"),
      ...draw.one(
        () => ({ routingTable: privateTable }),
        () => ({
          routingTable: publicTable,
          access: draw.rarely(
            () => nhn.Access.PUBLIC,
            () => nhn.Access.PRIVATE,
          ),
        }),
      ),
      ...draw.some({ name: () => name(draw) }),
    });
  },
  "nhn.NatGateway": (scope, draw, id) =>
    new nhn.NatGateway(scope, id, {
      subnet: publicSubnet(scope, draw),
      ...draw.some({
        floatingIp: () =>
          new openstack.FloatingIp(scope, fresh(scope, "Address"), {
            external: external(scope),
            ...draw.some({ description: () => draw.prose() }),
          }),
        externalNetwork: () => external(scope),
        name: () => name(draw),
        description: () => draw.prose(),
      }),
    }),
  "nhn.Route": (scope, draw, id) => {
    const { privateTable } = vpc(scope, draw);
    return new nhn.Route(scope, id, {
      routingTable: privateTable,
      nextHop: nhn.NextHop.address(draw.text("172.31.0.9", "10.0.0.1", "x")),
      destination: draw.block(),
      ...draw.some({ description: () => draw.prose() }),
    });
  },
  "nhn.NetworkAcl": (scope, draw, id) => {
    const rules = () =>
      draw
        .list(() => [2 * draw.number(51, 400), draw.block(), draw.port()] as const, 2)
        .reduce((all, [number, peer, port]) => all.allowInbound(number, peer, port), NetworkAclRules.none());
    return new nhn.NetworkAcl(scope, id, {
      vpc: vpc(scope, draw).vpc,
      subnets: Object.fromEntries(
        draw.list(
          () =>
            [
              draw.text(/^[a-z]{2,9}$/),
              { cidr: draw.cidr("172.31.0.0/20"), rules: rules(), from: draw.number(1_000, 9_000) },
            ] as const,
          2,
        ),
      ),
      ...draw.some({ name: () => name(draw), description: () => draw.prose() }),
    });
  },
  "nhn.TwoTierNetwork": (scope, draw, id) =>
    new nhn.TwoTierNetwork(scope, id, {
      api: nhnApi(scope, draw),
      cidr: draw.cidr("172.31.0.0/16"),
      publicCidr: draw.cidr("172.31.16.0/20"),
      privateCidr: draw.cidr("172.31.0.0/20"),
      administrators: draw.distinct(() => draw.office(), 2, 1),
      ...draw.some({
        publicPorts: () => draw.list(() => draw.among(Port.HTTPS, draw.port()), 1),
        privatePorts: () => draw.list(() => draw.among(Port.HTTPS, draw.port()), 1),
      }),
    }),
};
