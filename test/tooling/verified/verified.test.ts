import { verifiedPage } from "@groundwork/tooling/verified/verified";

test("the page marks how far each type has been run, and does not hide what nobody has run", () => {
  const page = verifiedPage(
    ["aws_vpc", "aws_eks_cluster"],
    [{ name: "local-eks", validated: ["aws_vpc"], applied: ["aws_vpc"], clean: ["aws_vpc"], destroyed: [] }],
  );
  expect(page).toContain("| `aws_vpc` | ✓ | ✓ | ✓ | ✓ | – |");
  expect(page).toContain("| `aws_eks_cluster` | ✓ | – | – | – | – |");
});
