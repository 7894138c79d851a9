import { readReference } from "@groundwork/constructs/insight/reachability/reader/reference";

describe("a reference", () => {
  test.each([
    ["${aws_vpc.main.id}", "aws_vpc.main", "id"],
    ["${data.aws_vpc.main.id}", "data.aws_vpc.main", "id"],
    ["${aws_subnet.Network_private_a-1_ABC.id}", "aws_subnet.Network_private_a-1_ABC", "id"],
    [
      "${aws_eks_cluster.c.vpc_config[0].cluster_security_group_id}",
      "aws_eks_cluster.c",
      "vpc_config[0].cluster_security_group_id",
    ],
    ["${aws_vpc.main}", "aws_vpc.main", ""],
  ])("%s is parsed to address and attribute", (text, address, attribute) => {
    expect(readReference(text)).toEqual({ address, attribute });
  });

  test.each([
    "vpc-1",
    "${var.vpc}x",
    "a ${aws_vpc.main.id}",
    '${join(",", aws_vpc.main.id)}',
    "${aws_vpc.a.id}-${aws_vpc.b.id}",
    "",
  ])("%j is no reference", (text) => expect(readReference(text)).toBeUndefined());
});
