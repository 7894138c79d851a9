/** Tests with real providers and emulators: one after another, for each takes a core and a gigabyte. */
module.exports = {
  rootDir: "../..",
  testEnvironment: "node",
  roots: ["<rootDir>/test/cloud"],
  maxWorkers: 1,
  testTimeout: 15 * 60 * 1000,
  moduleFileExtensions: ["ts", "js", "json", "node"],
  // Unlike the other tests these run the build: the emulators are processes of their own and are started from it.
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
  },
};
