import { placeholderMistakes } from "@groundwork/stacks/environments/checks/placeholders";
import { ENV011 } from "@groundwork/stacks/rules";

const found = (data: Parameters<typeof placeholderMistakes>[0]) =>
  placeholderMistakes(data).map(({ path, violation }) => [path.join("."), violation.rule.id]);

describe("ENV011: placeholders", () => {
  test.each([
    ["site.hosting.domain", { site: { hosting: { domain: "www.example.com" } } }],
    ["contact", { contact: "ops@example.org" }],
    ["aws.account", { aws: { account: "111122223333" } }],
    ["admins.0", { admins: ["203.0.113.0/24"] }],
  ])("finds the one at %s", (path, data) => {
    expect(found(data)).toEqual([[path, ENV011.id]]);
  });

  test.each([
    { site: { domain: "www.example-shop.com" } },
    { aws: { account: "210987654321" } },
    { admins: ["198.51.99.0/24"] },
    // Nothing of the local cloud belongs to anyone.
    { aws: { cloud: "local", account: "111122223333" } },
  ])("accepts %j", (data) => {
    expect(found(data)).toEqual([]);
  });
});
