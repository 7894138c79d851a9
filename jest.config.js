/** Unit, property, golden and architecture tests. What needs emulators lives in test/cloud and has its own configuration. */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/cloud/"],
  setupFilesAfterEnv: ["<rootDir>/test/support/to-violate.ts", "<rootDir>/test/support/token-traces.ts"],
  moduleFileExtensions: ["ts", "js", "json", "node"],
  // Jest leaves a core to its own process, which has nothing to do: of two that is half.
  maxWorkers: "100%",
  // Tests read the sources, not the build: a test never passes on yesterday's output.
  moduleNameMapper: {
    "^@groundwork/(constructs|stacks|tooling|local|cli)/(.*)$": "<rootDir>/$1/$2",
    "^@cdktf/provider-(openstack|restapi)/lib/(.*)$": "<rootDir>/bindings/$1/src/$2",
  },
  // The vocabulary is what everything else trusts: every branch of it is walked.
  collectCoverage: true,
  collectCoverageFrom: ["<rootDir>/constructs/core/*.ts"],
  coverageReporters: [["text", { skipFull: true }]],
  coverageThreshold: { global: { branches: 100 } },
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
  },
};
