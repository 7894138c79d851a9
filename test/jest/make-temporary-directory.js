const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** The temporary files of all tests are in one directory, which is removed after the last test. */
module.exports = () => {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), "groundwork-"));
};
