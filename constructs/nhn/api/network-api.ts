import { type TerraformProvider, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import type { NetworkQuotas } from "../limits";
import type { Region } from "../region";

/** Access to the network API of a region. Most objects are created by the stack's default restapi provider. */
export interface NetworkApi {
  /** Region of the API: `Region.KR1`, `KR2`, `KR3` or `JP1`. It determines the available services. */
  readonly region: Region;
  /** Address without a path: `region.networkUrl`, or the address of an emulator. */
  readonly url: string;
  /** Expression of the token: `new ApiToken(stack).stringValue`. */
  readonly token: string;
  /**
   * A second restapi provider without `create_returns_object`. It reads an object again after writing it, which is the only way to
   * get the initial rules of a new ACL. `NetworkAcl` uses it.
   */
  readonly rereading: TerraformProvider;
  /**
   * Quotas that NHN Cloud has raised for the project.
   * @default - the published quotas: 3 VPCs, 3 internet gateways, 3 NAT gateways, 10 ACLs, 100 ACL rules
   */
  readonly quotas?: Partial<NetworkQuotas>;
}

/**
 * The input variable of the API token, `TF_VAR_nhn_token`. It is ephemeral: Terraform stores it neither in state nor in a plan, and a
 * saved plan can be applied with a newer token. `groundwork nhn` requests one.
 */
export class ApiToken extends TerraformVariable {
  constructor(scope: Construct) {
    super(scope, "NhnToken", {
      type: "string",
      sensitive: true,
      description: "token of NHN Cloud's API, made by npx groundwork nhn; lives for 12 hours",
    });
    this.overrideLogicalId("nhn_token");
    this.addOverride("ephemeral", true);
  }
}
