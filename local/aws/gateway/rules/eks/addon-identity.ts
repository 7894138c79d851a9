import { defined } from "@groundwork/constructs/core";
import { type Json, type JsonObject, jsonOf, listOf, objectOf, textOf } from "../../response";
import type { Call, Forward } from "../../call";
import type { Rule } from "../../rule";
import { eksPath } from "./memory";

/**
 * EKS creates and deletes an add-on's pod identity associations together with the add-on; MiniStack only stores the input.
 * The rule creates them through MiniStack's API and adds their ARNs to the add-on.
 */
export const addonIdentity: Rule = {
  name: "identities of EKS add-ons",
  applies: (call) => eksPath(call)?.kind === "addons" && ["POST", "DELETE"].includes(call.method),
  async handle(call, forward) {
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
        ...defined({
          podIdentityAssociations: podIdentityAssociations === undefined ? undefined : arns,
          // The provider sends an empty string for "none", which MiniStack would return as a role.
          serviceAccountRoleArn: textOf(serviceAccountRoleArn) === "" ? undefined : serviceAccountRoleArn,
        }),
      }),
    );
  },
};

async function createAssociation(call: Call, forward: Forward, association: JsonObject): Promise<Json> {
  const path = `/clusters/${eksPath(call)?.cluster ?? ""}/pod-identity-associations`;
  const response = await forward(
    withBody({ ...call, method: "POST", path }, { ...association, namespace: "kube-system" }),
  );
  return textOf(objectOf(jsonOf(response)["association"])["associationArn"]);
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
