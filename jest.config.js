const esmPackages = require("./test/esm-packages");

/** Unit, property, golden and architecture tests. Tests that need emulators or services are in test/cloud and test/openstack, with configurations of their own. */
module.exports = {
  testEnvironment: "<rootDir>/test/jest/shared-environment.js",
  runtime: "<rootDir>/test/jest/shared-runtime.js",
  globalSetup: "<rootDir>/test/jest/make-temporary-directory.js",
  globalTeardown: "<rootDir>/test/jest/remove-temporary-directory.js",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/cloud/", "<rootDir>/test/openstack/"],
  setupFilesAfterEnv: ["<rootDir>/test/support/to-violate.ts", "<rootDir>/test/support/token-traces.ts"],
  moduleFileExtensions: ["ts", "js", "json", "node"],
  // By default Jest reserves one core for its parent process, which is idle: half of a two-core machine.
  maxWorkers: "100%",
  // Tests load the sources, not the build, so that a test never passes on outdated output.
  moduleNameMapper: {
    "^@groundwork/constructs/kubernetes/manifests$": "<rootDir>/constructs/kubernetes/manifest",
    "^@groundwork/(constructs|stacks|tooling|local|cli)/(.*)$": "<rootDir>/$1/$2",
    "^@groundwork/provider-(openstack|restapi|kubernetes|helm)/lib/(.*)$": "<rootDir>/bindings/$1/src/$2",
    ...esmPackages.moduleNameMapper,
  },
  // Everything else depends on the value types in core: all of their branches are tested.
  collectCoverage: true,
  collectCoverageFrom: ["<rootDir>/constructs/core/*.ts"],
  coverageReporters: [require.resolve("./test/jest/uncovered-reporter")],
  coverageThreshold: { global: { branches: 100 } },
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
    ...esmPackages.transform,
  },
  transformIgnorePatterns: esmPackages.transformIgnorePatterns,
};
