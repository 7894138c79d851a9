import { Progress, type ResourceEvent } from "@groundwork/tooling/cdktf/progress";

describe("output of cdktf", () => {
  test("is parsed into events of the stack whose name precedes the block of lines", () => {
    const events: ResourceEvent[] = [];
    const progress = new Progress((event) => events.push(event));
    [
      "local-eks  aws_vpc.Network_1C6012B5 (Network/Resource): Creating...",
      "           aws_vpc.Network_1C6012B5 (Network/Resource): Creation complete after 1s [id=vpc-1]",
      "local-site  aws_s3_bucket.Site_Bucket_978D4AEB (Site/Bucket/Resource): Destruction complete after 0s",
      "            aws_iam_role.Deployer_92EF8763: Modifications complete after 0s [id=x]",
      "            aws_iam_role.Runner_92EF8763 (Runner/Resource): Destroying... [id=y]",
    ].forEach((line) => progress.read(line));
    expect(events).toEqual([
      { stack: "local-eks", type: "aws_vpc", path: "Network", action: "Creation" },
      { stack: "local-site", type: "aws_s3_bucket", path: "Site/Bucket", action: "Destruction" },
      { stack: "local-site", type: "aws_iam_role", path: "Deployer_92EF8763", action: "Modifications" },
      { stack: "local-site", type: "aws_iam_role", path: "Runner", action: "Destroying" },
    ]);
  });

  test("contains the counts of each stack, which are reported when the stack is finished", () => {
    const finished: string[] = [];
    const progress = new Progress(
      () => undefined,
      (stack) => finished.push(stack),
    );
    progress.read("local-eks  Apply complete! Resources: 41 added, 2 changed, 1 destroyed.");
    progress.read("local-site  Destroy complete! Resources: 12 destroyed.");
    expect(finished).toEqual(["local-eks", "local-site"]);
    expect(Object.fromEntries(progress.changes)).toEqual({
      "local-eks": { added: 41, changed: 2, destroyed: 1 },
      "local-site": { added: 0, changed: 0, destroyed: 12 },
    });
  });
});
