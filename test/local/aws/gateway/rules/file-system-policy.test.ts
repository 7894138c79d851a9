import { fileSystemPolicy } from "@groundwork/local/aws/gateway/rules/file-system-policy";
import { callTo } from "../support";

test.each([
  ["DELETE", "/2015-02-01/file-systems/fs-1/policy", true],
  ["DELETE", "/2015-02-01/file-systems/fs-1", false],
  ["PUT", "/2015-02-01/file-systems/fs-1/policy", false],
])("only the removal of a policy succeeds without the emulator: %s %s", (method, path, applies) => {
  expect(fileSystemPolicy.applies(callTo("elasticfilesystem", { method, url: path }))).toBe(applies);
});
