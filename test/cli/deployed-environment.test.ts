import { findEnvironment } from "@groundwork/cli/deployed-environment";
import { synthesizedApp } from "../support/synthesized-app";

const aws = { provider: { aws: [{ region: "eu-west-1" }] }, terraform: { backend: { local: { path: "state" } } } };
const local = { ...aws, variable: { local_endpoint: {} } };
const output = synthesizedApp(
  { "lab-eks": aws, "lab-addons": aws, "lab-workloads": aws, "lab-nhn": {}, "lab-site": aws, "local-eks": local },
  { "lab-addons": ["lab-eks"], "lab-workloads": ["lab-addons"] },
);

async function idsOf(selection: Omit<Parameters<typeof findEnvironment>[0], "output">) {
  const { stacks } = await findEnvironment({ ...selection, output });
  return stacks.map(({ id }) => id);
}

describe("the deployed stacks of a selection", () => {
  test("are its AWS stacks", async () => {
    expect(await idsOf({ environment: "lab" })).toEqual(["lab-eks", "lab-addons", "lab-workloads", "lab-site"]);
    expect(await idsOf({ patterns: ["lab-eks"] })).toEqual(["lab-eks"]);
  });

  test("include the stacks that depend on them, directly or not, on request", async () => {
    const ids = await idsOf({ patterns: ["lab-eks"], withDependants: true });
    expect(ids).toEqual(["lab-eks", "lab-addons", "lab-workloads"]);
  });

  test("have an empty state before the first deployment", async () => {
    const { stacks, endpoint, pullState } = await findEnvironment({ patterns: ["lab-eks"], output });
    expect(endpoint).toBeUndefined();
    expect(await Promise.all(stacks.map(pullState))).toEqual([""]);
  });

  test("fail for a selection without an AWS stack", async () => {
    await expect(idsOf({ patterns: ["lab-nhn"] })).rejects.toThrow(/^no AWS stack in lab-nhn; stacks: lab-addons, /);
  });

  test("fail for a mixture of the local cloud and AWS, which have different credentials", async () => {
    await expect(idsOf({ patterns: ["*-eks"] })).rejects.toThrow(
      "local-eks are in the local cloud and the others are not; select one environment, for example with --environment",
    );
  });

  test("connect to a given local cloud", async () => {
    const { endpoint } = await findEnvironment({ environment: "local", output, endpoint: "http://127.0.0.1:1" });
    expect(endpoint).toBe("http://127.0.0.1:1");
  });
});
