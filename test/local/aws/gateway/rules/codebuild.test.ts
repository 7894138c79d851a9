import type { Forward, GatewayResponse } from "@groundwork/local/aws/gateway/call";
import { type JsonObject, jsonOf, jsonResponse, listOf, objectOf } from "@groundwork/local/aws/gateway/response";
import { codebuild } from "@groundwork/local/aws/gateway/rules/codebuild/codebuild";
import { waitUntil } from "@groundwork/tooling/polling";
import { callTo } from "../support";

const VARIABLES = {
  REPOSITORY_NAME: "demo",
  SOURCE_URL: "https://github.com/joozero/amazon-eks-flask.git",
  SOURCE_REVISION: "ca9e9d4566bdb757fa5dd31c402c15629962c364",
  FIXED_TAG: "latest",
  BUILD_DEFINITION: "1",
};

const PROJECT = {
  name: "demo-build",
  source: { type: "NO_SOURCE" },
  artifacts: { type: "NO_ARTIFACTS" },
  environment: {
    type: "LINUX_CONTAINER",
    environmentVariables: Object.entries(VARIABLES).map(([name, value]) => ({ name, value })),
  },
  serviceRole: "arn:aws:iam::111122223333:role/build",
};

/** A registry with one repository, which keeps what is pushed. */
function registry(): { readonly forward: Forward; readonly pushed: JsonObject[] } {
  const pushed: JsonObject[] = [];
  const found = ({ imageTag }: JsonObject): GatewayResponse => {
    const last = pushed.filter((image) => image["imageTag"] === imageTag).at(-1);
    if (last === undefined) return jsonResponse({ __type: "ImageNotFoundException", message: "no image" }, 400);
    return jsonResponse({ imageDetails: [{ imageDigest: last["imageDigest"] }] });
  };
  const forward: Forward = (call) => {
    const request = jsonOf(call);
    if (call.service !== "ecr") return Promise.resolve(jsonResponse({}));
    if (request["repositoryName"] !== "demo")
      return Promise.resolve(jsonResponse({ __type: "RepositoryNotFoundException", message: "no repository" }, 400));
    if (call.action === "DescribeImages") return Promise.resolve(found(objectOf(listOf(request["imageIds"])[0])));
    if (call.action === "PutImage") pushed.push(request);
    return Promise.resolve(jsonResponse({ image: {} }));
  };
  return { forward, pushed };
}

function client(forward: Forward) {
  const rule = codebuild();
  return async (action: string, body: JsonObject = {}): Promise<JsonObject> => {
    const headers = { "x-amz-target": `CodeBuild_20161006.${action}`, "content-type": "application/x-amz-json-1.1" };
    return jsonOf(await rule.handle(callTo("codebuild", { headers, body: JSON.stringify(body) }), forward));
  };
}

/** Starts a build and waits for its end. */
async function built(send: ReturnType<typeof client>): Promise<JsonObject> {
  const { id } = objectOf((await send("StartBuild", { projectName: "demo-build" }))["build"]);
  const build = async () => objectOf(listOf((await send("BatchGetBuilds", { ids: [id ?? ""] }))["builds"])[0]);
  await waitUntil(async () => (await build())["buildComplete"] === true, 10_000);
  return build();
}

describe("CodeBuild of the local cloud", () => {
  test("keeps the settings of a project, which an update changes one by one", async () => {
    const send = client(registry().forward);
    await send("CreateProject", { ...PROJECT, timeoutInMinutes: 30 });
    await send("UpdateProject", { name: "demo-build", description: "new" });
    const { projects, projectsNotFound } = await send("BatchGetProjects", {
      names: ["arn:aws:codebuild:ap-northeast-2:111122223333:project/demo-build", "other"],
    });
    expect(projects).toMatchObject([{ timeoutInMinutes: 30, description: "new", badge: { badgeEnabled: false } }]);
    expect(projectsNotFound).toEqual(["other"]);
    await send("DeleteProject", { name: "demo-build" });
    expect(await send("ListProjects")).toEqual({ projects: [] });
  });

  test("pushes one image for one definition, and another after a change", async () => {
    const { forward, pushed } = registry();
    const send = client(forward);
    await send("CreateProject", PROJECT);
    const first = await built(send);
    expect(first).toMatchObject({ buildStatus: "SUCCEEDED", buildNumber: 1 });
    expect(first["exportedEnvironmentVariables"]).toEqual([
      { name: "IMAGE_DIGEST", value: pushed[0]?.["imageDigest"] },
      { name: "IMAGE_TAG", value: "latest" },
      { name: "SOURCE_COMMIT", value: VARIABLES.SOURCE_REVISION },
    ]);
    await built(send);
    expect(pushed).toHaveLength(1);
    const environmentVariables = Object.entries({ ...VARIABLES, BUILD_DEFINITION: "2" }).map(([name, value]) => ({
      name,
      value,
    }));
    await send("UpdateProject", { name: "demo-build", environment: { environmentVariables } });
    expect(await built(send)).toMatchObject({ buildNumber: 3 });
    expect(new Set(pushed.map(({ imageDigest }) => imageDigest)).size).toBe(2);
    const { ids } = await send("ListBuildsForProject", { projectName: "demo-build" });
    expect(ids).toHaveLength(3);
  });

  test("fails a build whose repository does not exist, with the error of the registry", async () => {
    const send = client(registry().forward);
    const environmentVariables = Object.entries({ ...VARIABLES, REPOSITORY_NAME: "other" }).map(([name, value]) => ({
      name,
      value,
    }));
    await send("CreateProject", { ...PROJECT, environment: { environmentVariables } });
    expect(await built(send)).toMatchObject({
      buildStatus: "FAILED",
      phases: [{ phaseType: "BUILD", contexts: [{ message: "no repository" }] }],
    });
  });

  test("stops a build, which then pushes nothing", async () => {
    const { forward, pushed } = registry();
    const send = client(forward);
    await send("CreateProject", PROJECT);
    const { id } = objectOf((await send("StartBuild", { projectName: "demo-build" }))["build"]);
    expect((await send("StopBuild", { id: id ?? "" }))["build"]).toMatchObject({ buildStatus: "STOPPED" });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(pushed).toEqual([]);
  });

  test("rejects a second project of a name, a project without a role, and unknown projects and operations", async () => {
    const send = client(registry().forward);
    await send("CreateProject", PROJECT);
    expect(await send("CreateProject", PROJECT)).toMatchObject({ __type: "ResourceAlreadyExistsException" });
    const { serviceRole: _role, ...rest } = PROJECT;
    expect(await send("CreateProject", { ...rest, name: "x" })).toMatchObject({ __type: "InvalidInputException" });
    expect(await send("StartBuild", { projectName: "x" })).toMatchObject({ __type: "ResourceNotFoundException" });
    expect(await send("CreateWebhook")).toMatchObject({ __type: "InvalidInputException" });
  });
});
