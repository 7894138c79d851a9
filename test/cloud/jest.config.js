/** Tests with real providers and emulators: two files at once, for each takes a core and a gigabyte and waits half of its time. */
module.exports = {
  rootDir: "../..",
  testEnvironment: "node",
  roots: ["<rootDir>/test/cloud"],
  maxWorkers: 2,
  // A stack's life on a busy machine: OpenStack's provider alone takes five seconds to destroy one rule of a security group.
  testTimeout: 30 * 60 * 1000,
  moduleFileExtensions: ["ts", "js", "json", "node"],
  // Unlike the other tests these run the build: the emulators are processes of their own and are started from it.
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
  },
};
