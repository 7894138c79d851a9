import * as aws from "@groundwork/constructs/aws";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Draw } from "./draw";
import { GENERATORS } from "./generators";
import { cluster, region } from "./generators/surroundings";
import { programAt, resultIn, valuesOf } from "./program";

/** Programs with a construct until one is not rejected for another reason. */
const ATTEMPTS = 300;

/** Constructs that take no id, or have no resource of their own. */
const WITHOUT_ADDRESS = ["nhn.ApiToken", "openstack.ProjectQuota"];

/** Existing resources that data sources read. */
const EXISTING = {
  "Network.fromLookup": (scope: Construct, draw: Draw, id: string) =>
    aws.Network.fromLookup(scope, id, {
      tags: { Name: "shared" },
      zones: region(scope, draw).zones(1),
      tiers: ["private"],
    }),
  "EksCluster.fromName": (scope: Construct, draw: Draw, id: string) =>
    aws.EksCluster.fromName(scope, id, {
      clusterName: "demo",
      version: aws.KubernetesVersion.V1_35,
      region: region(scope, draw),
    }),
  "OidcProvider.fromCluster": (scope: Construct, draw: Draw, id: string) =>
    aws.OidcProvider.fromCluster(scope, id, cluster(scope, draw)),
  "Repository.fromName": (scope: Construct, draw: Draw, id: string) => {
    region(scope, draw);
    return aws.Repository.fromName(scope, id, "web");
  },
  "EncryptionKey.fromAlias": (scope: Construct, draw: Draw, id: string) => {
    region(scope, draw);
    return aws.EncryptionKey.fromAlias(scope, id, "web");
  },
};

describe("an id that begins with a digit", () => {
  const constructs = { ...GENERATORS, ...EXISTING };
  const names = Object.keys(constructs).filter((name) => !WITHOUT_ADDRESS.includes(name));

  test.each(names)("is rejected for %s, because its address would be invalid", (name) => {
    expect(firstVerdict(constructs[name as keyof typeof constructs])).toBe("NAM004");
  });

  function firstVerdict(generator: (typeof GENERATORS)[string] | undefined): string {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const draw = new Draw(valuesOf(programAt(1, attempt)));
      const result = resultIn(new TerraformStack(new App(), "p"), (stack) => generator?.(stack, draw, "2q"));
      if (result.kind !== "rejected") return result.kind;
      if (result.rule === "NAM004") return result.rule;
    }
    return "rejected for other reasons only";
  }
});
