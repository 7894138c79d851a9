#!/usr/bin/env node
"use strict";

// Checks the Node version before any modern syntax is parsed, so this file uses only ECMAScript 5.
var LEAST = [20, 19];
var found = process.versions.node.split(".").map(Number);

if (found[0] < LEAST[0] || (found[0] === LEAST[0] && found[1] < LEAST[1])) {
  var message = [
    "error: groundwork requires Node " + LEAST.join(".") + " or later,",
    "and this is Node " + process.versions.node + " (" + process.execPath + ");",
    "install a newer one from nodejs.org or with your version manager",
  ].join(" ");
  process.stderr.write(message + "\n");
  process.exit(1);
}

var fs = require("fs");
var path = require("path");
var main = path.join(__dirname, "../lib/main.js");
var build = path.join(__dirname, "../../scripts/build.mjs");

// Only a clone of the repository has the build script; a package is always built.
if (!fs.existsSync(main) && fs.existsSync(build)) {
  process.stderr.write("building this clone of Groundwork (once; after git pull: npm run build)\n");
  // Standard output belongs to the command.
  var result = require("child_process").spawnSync(process.execPath, [build], { stdio: ["ignore", 2, 2] });
  if (result.status !== 0) process.exit(result.status === null ? 1 : result.status);
}

require(main).main();
