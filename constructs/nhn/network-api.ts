import type { TerraformProvider } from "cdktf";
import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import type { NetworkQuotas } from "./limits";
import type { Region } from "./region";

/** What constructs have to know of a region's network API. The provider that makes most objects is the stack's default one. */
export interface NetworkApi {
  readonly region: Region;
  /** Where it answers, without a path: `region.networkUrl`, or an address on this machine. */
  readonly url: string;
  /** Expression of the token: {@link ApiToken}. */
  readonly token: string;
  /**
   * A second restapi provider, like the first but without `create_returns_object`: it reads again what it has written,
   * which is the one way to learn the rules that a new ACL starts with.
   */
  readonly rereading: TerraformProvider;
  /**
   * Quotas that NHN Cloud has raised for the project.
   * @default - those that it publishes
   */
  readonly quotas?: Partial<NetworkQuotas>;
}

/**
 * The variable that brings the token of NHN's API, `TF_VAR_nhn_token`. It is ephemeral: Terraform keeps it neither in the
 * state nor in a plan, and a saved plan can be applied with a newer one. `npm run nhn` makes it.
 */
export class ApiToken extends TerraformVariable {
  constructor(scope: Construct) {
    super(scope, "NhnToken", {
      type: "string",
      sensitive: true,
      description: "token of NHN Cloud's API, made by npm run nhn; lives for 12 hours",
    });
    this.overrideLogicalId("nhn_token");
    this.addOverride("ephemeral", true);
  }
}
