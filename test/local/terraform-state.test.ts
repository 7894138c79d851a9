import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deleteLocalState } from "@groundwork/local/terraform-state";

test("only the local cloud's state is deleted", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-state-"));
  const files = [
    "local-eks.tfstate",
    "local-eks.tfstate.backup",
    ".local-eks.tfstate.lock.info",
    "lab-eks.tfstate",
    "production-site.tfstate",
  ];
  files.forEach((file) => writeFileSync(join(directory, file), ""));
  deleteLocalState(directory);
  expect(readdirSync(directory).sort()).toEqual(["lab-eks.tfstate", "production-site.tfstate"]);
});
