import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient } from "@aws-sdk/client-ecr";
import { EKSClient } from "@aws-sdk/client-eks";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { CREDENTIALS } from "./account";

/** AWS SDK clients for one region of the cloud. */
export class Clients {
  readonly ec2: EC2Client;
  readonly ecr: ECRClient;
  readonly eks: EKSClient;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;

  constructor(
    readonly endpoint: string,
    readonly region: string,
  ) {
    // Suppresses the SDK's warning that a future version requires a newer Node; the version here is pinned.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
    const settings = { endpoint, region, credentials: CREDENTIALS, maxAttempts: 3 };
    this.ec2 = new EC2Client(settings);
    this.ecr = new ECRClient(settings);
    this.eks = new EKSClient(settings);
    this.iam = new IAMClient(settings);
    this.logs = new CloudWatchLogsClient(settings);
    // Bucket names in host names would not resolve to 127.0.0.1.
    this.s3 = new S3Client({ ...settings, forcePathStyle: true });
  }

  /** Closes the connections, which keep the process running. */
  destroy(): void {
    for (const client of [this.ec2, this.ecr, this.eks, this.iam, this.logs, this.s3]) client.destroy();
  }
}
