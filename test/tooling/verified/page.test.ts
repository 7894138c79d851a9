import { verifiedPage } from "@groundwork/tooling/verified/page";

test("the page marks the executed steps of each type, and lists types that no test has used", () => {
  const page = verifiedPage(
    ["aws_vpc", "aws_eks_cluster"],
    [{ name: "local-eks", validated: ["aws_vpc"], applied: ["aws_vpc"], clean: ["aws_vpc"], destroyed: [] }],
  );
  expect(page).toContain("| `aws_vpc` | ✓ | ✓ | ✓ | ✓ | – |");
  expect(page).toContain("| `aws_eks_cluster` | ✓ | – | – | – | – |");
});
