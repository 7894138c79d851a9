import { LbMemberV2 } from "@cdktf/provider-openstack/lib/lb-member-v2";
import { LbMembersV2 } from "@cdktf/provider-openstack/lib/lb-members-v2";
import type { LbPoolV2 } from "@cdktf/provider-openstack/lib/lb-pool-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cloud } from "../cloud";
import type { Target } from "./listener";

/** What a pool's members are made from. */
export interface PoolMembersProps {
  readonly cloud: Cloud;
  readonly pool: LbPoolV2;
  /** Subnet in which they are reached. */
  readonly subnetId: string;
  readonly targets: readonly Target[];
  readonly targetPort: number;
}

/** Makes the members of a pool, all at once where the cloud can; answers what is made last. */
export function makePoolMembers(scope: Construct, props: PoolMembersProps): ITerraformDependable {
  return props.cloud.loadBalancerApi === "octavia" ? allAtOnce(scope, props) : oneByOne(scope, props);
}

function allAtOnce(scope: Construct, { pool, subnetId, targets, targetPort }: PoolMembersProps): ITerraformDependable {
  return new LbMembersV2(scope, "Members", {
    poolId: pool.id,
    member: targets.map(({ name, fixedAddress }) => ({
      name,
      address: fixedAddress,
      protocolPort: targetPort,
      subnetId,
    })),
  });
}

/** Each after the one before it, for two at once would meet a balancer that is changing. This API knows no names of members. */
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
