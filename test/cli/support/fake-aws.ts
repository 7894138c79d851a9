import { AwsSession } from "@groundwork/cli/aws/aws-session";

/** Responds to a request such as `EC2 DescribeVpcs`; returns or rejects like the API. */
export type Respond = (request: string, input: Readonly<Record<string, unknown>>) => unknown;

interface Command {
  readonly input: Readonly<Record<string, unknown>>;
}

interface FakeClient {
  send: (command: Command) => Promise<unknown>;
  destroy(): void;
}

/** A session of real SDK clients, so that paginators accept them, whose requests go to a function instead of a network. */
export function fakeAws(respond: Respond): AwsSession {
  const session = new AwsSession("us-west-2", "http://127.0.0.1:1");
  const original = session.client.bind(session);
  const client = (type: new (...config: never[]) => FakeClient): FakeClient => {
    const created = original<FakeClient>(type as never);
    const service = type.name.replace(/Client$/, "");
    created.send = async (command) =>
      (await respond(`${service} ${command.constructor.name.replace(/Command$/, "")}`, command.input)) ?? {};
    return created;
  };
  return Object.assign(session, { client: client as never });
}
