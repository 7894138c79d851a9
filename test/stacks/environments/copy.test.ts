import { checkEnvironments } from "@groundwork/stacks/check/check";
import { compose } from "@groundwork/stacks/application";
import { copiedValues, type CopyProps } from "@groundwork/stacks/environments/copy";
import { readEnvironments } from "@groundwork/stacks/environments/environment";
import { lab } from "@groundwork/stacks/environments/lab";
import { recommended as production } from "@groundwork/stacks/environments/recommended";
import { TerraformStack } from "cdktf";
import { testApp } from "../../support/fixture";

/** An environment with other values, by their keys. */
function copyOf(
  data: object,
  props: Omit<CopyProps, "existing">,
  existing: readonly object[],
): Record<string, unknown> {
  const copy = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
  const values = copiedValues(data as never, { ...props, existing: existing as never });
  for (const [key, value] of values) {
    const keys = key.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce((at, one) => at[one] as Record<string, unknown>, copy);
    parent[last] = value;
  }
  return copy;
}

const mistakes = (data: Readonly<Record<string, unknown>>) =>
  checkEnvironments(data).filter(({ isNotice }) => !isNotice);

describe("a copy of an environment", () => {
  const staging = copyOf(production, { name: "staging" }, [lab, production]);

  test("shares no name and no block with its source in the same account", () => {
    const rows = checkEnvironments({ lab, production, staging });
    expect(rows.filter(({ rule }) => ["ENV006", "ENV012"].includes(rule))).toEqual([]);
    expect(mistakes({ lab, production, staging })).toEqual([]);
  });

  test("is composed together with its source, and no stack has the same id", () => {
    const app = testApp();
    compose(app, readEnvironments({ lab, production, staging }));
    const ids = app.node.children.filter((child) => TerraformStack.isStack(child)).map(({ node }) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["production-eks", "staging-eks", "staging-gitlab", "staging-nhn"]));
  });

  test("moves every address with its block", () => {
    expect(staging).toMatchObject({
      name: "staging",
      eks: {
        clusterName: "eks-staging",
        network: { cidr: "10.1.0.0/16" },
        workloads: { services: { Frontend: { image: { repository: "staging/frontend" } } } },
      },
      nhn: { network: { cidr: "10.3.0.0/16", publicCidr: "10.3.16.0/20", privateCidr: "10.3.0.0/20" } },
    });
    expect(JSON.stringify(staging)).not.toContain("10.40.");
  });

  test("has another account in every ARN, and another bucket", () => {
    const other = copyOf(production, { name: "eu", account: "444455556666", bucket: "acme-eu" }, [production]);
    expect(JSON.stringify(other)).not.toContain("111122223333");
    expect(other).toMatchObject({ backend: { bucket: "acme-eu" }, aws: { account: "444455556666" } });
    expect(mistakes({ production, other })).toEqual([]);
  });

  test("a copy without changes is rejected for every shared name", () => {
    const keys = mistakes({ production, staging: { ...production, name: "staging" } }).map(({ key }) => key);
    expect(keys).toEqual(
      expect.arrayContaining([
        "eks.clusterName",
        "eks.repositories.Frontend.name",
        "site.bucketName",
        "gitlab.configuration.runnerTokenParameter",
        "gitlab.server.rootPasswordParameter",
      ]),
    );
    expect(mistakes({ production, other: production }).map(({ key }) => key)).toContain("name");
  });
});
