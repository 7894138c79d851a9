import { FileSystem } from "@groundwork/constructs/aws/storage/file-system/file-system";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import { Scaling } from "@groundwork/constructs/aws/eks/nodes/scaling";
import { Port } from "@groundwork/constructs/core/port";
import { requireTraffic } from "@groundwork/constructs/insight/reachability/required-traffic";
import { RCH004 } from "@groundwork/constructs/insight/reachability/rules";
import { Testing } from "cdktf";
import { eksStack } from "../../../support/cluster";

/** A cluster whose pods mount a file system. */
function mounts() {
  const { stack, network, cluster } = eksStack();
  const nodes = cluster.addNodeGroup("General", { instanceTypes: ["m7g.large"], scaling: Scaling.fixed(2) });
  const shared = new FileSystem(stack, "Shared", { network });
  requireTraffic(stack, { from: nodes, to: shared, port: Port.tcp(2049) });
  const open = () =>
    shared.connections.allowFrom(SecurityGroup.fromId(stack, "Nodes", cluster.securityGroupId), Port.tcp(2049), "NFS");
  return { stack, open };
}

/** The messages of the validations of a tree, which CDKTF prints together. */
function messagesOf({ stack }: ReturnType<typeof mounts>): readonly string[] {
  return stack.node.validate();
}

describe("requireTraffic", () => {
  test("rejects nodes from which the port of NFS is closed, with the reason", () => {
    const found = mounts();
    expect(messagesOf(found).join()).toContain(RCH004.id);
    expect(messagesOf(found).join()).toMatch(/tcp 2049: blocked/);
    expect(() => Testing.synth(found.stack, true)).toThrow(/RCH004/);
  });

  test("accepts them after the port is opened, in any order of calls", () => {
    const found = mounts();
    found.open();
    expect(messagesOf(found).filter((message) => message.includes("RCH"))).toEqual([]);
  });
});
