import { join } from "node:path";
import { unverifiedClaims, verifiedPage } from "@groundwork/tooling/verified/page";
import { readVerified, type Verified } from "@groundwork/tooling/verified/verified";
import { ROOT, textOf } from "../../support/repository";

function recordOf(name: string, types: readonly string[]): Verified {
  return { name, validated: types, applied: types, clean: types, destroyed: types };
}

test("the page marks the executed steps of each type, and lists types that no test has used", () => {
  const page = verifiedPage(
    ["aws_vpc", "aws_eks_cluster"],
    [{ name: "local-eks", validated: ["aws_vpc"], applied: ["aws_vpc"], clean: ["aws_vpc"], destroyed: [] }],
    [recordOf("lab-openstack", ["openstack_lb_pool_v2"])],
  );
  expect(page).toContain("| `aws_vpc` | ✓ | ✓ | ✓ | ✓ | – | – |");
  expect(page).toContain("| `aws_eks_cluster` | ✓ | – | – | – | – | – |");
  expect(page).toContain("| `openstack_lb_pool_v2` | – | – | – | – | – | ✓ |");
  expect(page).toContain("Recorded by: `local-eks`. On a real OpenStack: `lab-openstack`.");
});

test("the page states what was applied with OpenTofu", () => {
  expect(verifiedPage([], [recordOf("local-site", ["aws_s3_bucket"])])).toContain(
    "this run has applied no stack with it",
  );
  const page = verifiedPage([], [recordOf("local-site with OpenTofu", ["aws_s3_bucket"])]);
  expect(page).toContain("With OpenTofu only `local-site` was applied");
});

/** Types of a row of the checked-in page whose last column is marked. */
function marked(page: string): readonly string[] {
  return [...page.matchAll(/^\| `(\w+)` \|.* ✓ \|$/gm)].map(([, type = ""]) => type);
}

test("the page's column for a real OpenStack contains exactly the types of the checked-in records", () => {
  const records = readVerified(join(ROOT, "test/openstack/verified"));
  const types = new Set(records.flatMap(({ destroyed }) => destroyed));
  expect(records.map(({ name }) => name)).toEqual(["lab-openstack", "production-openstack", "variants-openstack"]);
  expect(marked(textOf("docs/verified.md"))).toEqual([...types].sort());
});

test("a page must not claim more than a run has verified, but may lag behind it", () => {
  const record = {
    name: "a",
    validated: ["aws_vpc"],
    applied: ["aws_vpc"],
    clean: ["aws_vpc"],
    destroyed: ["aws_vpc"],
  };
  const complete = verifiedPage(["aws_vpc"], [record]);
  const partial = verifiedPage(["aws_vpc"], [{ ...record, destroyed: [] }]);
  expect(unverifiedClaims(partial, complete)).toEqual([]);
  expect(unverifiedClaims(complete, partial)).toEqual(["aws_vpc: destroyed"]);
});
