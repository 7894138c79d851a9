const esmPackages = require("../esm-packages");

/** Tests with real providers and emulators. Three files run at once on two cores: each needs a gigabyte, and waits most of its time for providers. */
module.exports = {
  rootDir: "../..",
  testEnvironment: "node",
  roots: ["<rootDir>/test/cloud"],
  maxWorkers: 3,
  testSequencer: "<rootDir>/test/cloud/sequencer.js",
  // Deploying and destroying a stack on a busy machine: the OpenStack provider takes 5 s to destroy one security group rule.
  testTimeout: 30 * 60 * 1000,
  moduleFileExtensions: ["ts", "js", "json", "node"],
  // Unlike the other tests, these run the build: the emulators are separate processes that are started from it.
  moduleNameMapper: {
    "^@groundwork/constructs/kubernetes/manifests$": "<rootDir>/constructs/lib/kubernetes/manifest",
    // Tests also import files that the package does not publish.
    "^@groundwork/constructs/(.*)$": "<rootDir>/constructs/lib/$1",
    ...esmPackages.moduleNameMapper,
  },
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
    ...esmPackages.transform,
  },
  transformIgnorePatterns: esmPackages.transformIgnorePatterns,
};
