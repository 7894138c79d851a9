import { jsonOf, listOf, objectOf, textOf } from "../../answer";
import type { Json, JsonObject } from "../../answer";
import type { Call, Forward } from "../../call";
import type { Rule } from "../../rule";
import { eksPath } from "./clusters";

/**
 * EKS makes an add-on's pod identity associations together with the add-on and takes them away with it; MiniStack only
 * stores what it is given. Make them through its own API and give the add-on their ARNs.
 */
export const addonIdentity: Rule = {
  name: "identities of EKS add-ons",
  applies: (call) => eksPath(call)?.kind === "addons" && ["POST", "DELETE"].includes(call.method),
  async answer(call, forward) {
    if (call.method === "DELETE") {
      await removeAssociations(call, forward);
      return forward(call);
    }
    const { podIdentityAssociations, serviceAccountRoleArn, ...body } = jsonOf(call);
    const associations = listOf(podIdentityAssociations);
    if (podIdentityAssociations !== undefined && eksPath(call)?.verb === "update")
      await removeAssociations(call, forward);
    const arns = await Promise.all(
      associations.map((association) => createAssociation(call, forward, objectOf(association))),
    );
    return forward(
      withBody(call, {
        ...body,
        ...(podIdentityAssociations === undefined ? {} : { podIdentityAssociations: arns }),
        // The provider sends an empty text for "none", which MiniStack would read back as a role.
        ...(textOf(serviceAccountRoleArn) === "" ? {} : { serviceAccountRoleArn }),
      }),
    );
  },
};

async function createAssociation(call: Call, forward: Forward, association: JsonObject): Promise<Json> {
  const path = `/clusters/${eksPath(call)?.cluster ?? ""}/pod-identity-associations`;
  const answer = await forward(
    withBody({ ...call, method: "POST", path }, { ...association, namespace: "kube-system" }),
  );
  return textOf(objectOf(jsonOf(answer)["association"])["associationArn"]);
}

async function removeAssociations(call: Call, forward: Forward): Promise<void> {
  const { cluster = "", name = "" } = eksPath(call) ?? {};
  const addon = await forward({
    ...withBody(call, {}),
    method: "GET",
    path: `/clusters/${cluster}/addons/${name}`,
    body: Buffer.alloc(0),
  });
  for (const arn of listOf(objectOf(jsonOf(addon)["addon"])["podIdentityAssociations"])) {
    const id = textOf(arn).split("/").at(-1) ?? "";
    await forward({
      ...call,
      method: "DELETE",
      path: `/clusters/${cluster}/pod-identity-associations/${id}`,
      body: Buffer.alloc(0),
    });
  }
}

function withBody(call: Call, body: JsonObject): Call {
  return { ...call, body: Buffer.from(JSON.stringify(body)) };
}
