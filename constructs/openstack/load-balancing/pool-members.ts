import { LbMemberV2 } from "@groundwork/provider-openstack/lib/lb-member-v2";
import { LbMembersV2 } from "@groundwork/provider-openstack/lib/lb-members-v2";
import type { LbPoolV2 } from "@groundwork/provider-openstack/lib/lb-pool-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkedText } from "../../core/text-rule";
import type { Cloud } from "../cloud";
import { OBJECT_NAME } from "../limits";
import type { Target } from "./listener";

/** Members of a pool. */
export interface PoolMembersProps {
  readonly cloud: Cloud;
  readonly pool: LbPoolV2;
  /** Subnet through which the members are reached. */
  readonly subnetId: string;
  readonly targets: readonly Target[];
  readonly targetPort: number;
}

/** Creates the members of a pool, in one resource if the API supports it; returns the last resource. */
export function createPoolMembers(scope: Construct, props: PoolMembersProps): ITerraformDependable {
  return props.cloud.loadBalancerApi === "octavia" ? allAtOnce(scope, props) : oneByOne(scope, props);
}

function allAtOnce(scope: Construct, { pool, subnetId, targets, targetPort }: PoolMembersProps): ITerraformDependable {
  return new LbMembersV2(scope, "Members", {
    poolId: pool.id,
    member: targets.map(({ name, fixedAddress }) => ({
      name: checkedText(name, OBJECT_NAME, scope),
      address: fixedAddress,
      protocolPort: targetPort,
      subnetId,
    })),
  });
}

/** One after the other: the API rejects a change of a load balancer that is still changing. It does not support member names. */
function oneByOne(scope: Construct, { pool, subnetId, targets, targetPort }: PoolMembersProps): ITerraformDependable {
  const members = new Construct(scope, "Members");
  return targets.reduce<ITerraformDependable>(
    (last, { name, fixedAddress }) =>
      new LbMemberV2(members, name, {
        poolId: pool.id,
        address: fixedAddress,
        protocolPort: targetPort,
        subnetId,
        dependsOn: [last],
      }),
    pool,
  );
}
