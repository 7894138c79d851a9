import { EC2Client } from "@aws-sdk/client-ec2";
import { S3Client } from "@aws-sdk/client-s3";
import { AwsSession } from "@groundwork/cli/aws/aws-session";

describe("AwsSession", () => {
  test("connects to the local cloud with its credentials and path-style bucket addresses", async () => {
    const session = new AwsSession("ap-northeast-2", "http://127.0.0.1:4566");
    const { config } = session.client(S3Client);
    expect(await config.region()).toBe("ap-northeast-2");
    expect(await config.endpoint?.()).toMatchObject({ hostname: "127.0.0.1", port: 4566 });
    expect(config.forcePathStyle).toBe(true);
    expect(await config.credentials()).toMatchObject({ accessKeyId: "test" });
    session.destroy();
  });

  test("uses the SDK's endpoint and bucket addresses on AWS", async () => {
    const session = new AwsSession("us-west-2");
    const { config } = session.client(S3Client);
    expect(await config.region()).toBe("us-west-2");
    expect([config.endpoint, config.forcePathStyle]).toEqual([undefined, false]);
    session.destroy();
  });

  test("creates one client per service, and a new one after it was destroyed", () => {
    const session = new AwsSession("us-west-2");
    const client = session.client(EC2Client);
    expect(session.client(EC2Client)).toBe(client);
    session.destroy();
    expect(session.client(EC2Client)).not.toBe(client);
  });
});
