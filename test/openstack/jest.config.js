const unit = require("../../jest.config");

/** Tests against a real OpenStack, which `npm run test:openstack` starts. They share its two cores: one file at a time. */
module.exports = {
  rootDir: "../..",
  testEnvironment: "node",
  roots: ["<rootDir>/test/openstack"],
  maxWorkers: 1,
  testTimeout: 30 * 60 * 1000,
  setupFilesAfterEnv: unit.setupFilesAfterEnv,
  moduleFileExtensions: unit.moduleFileExtensions,
  moduleNameMapper: unit.moduleNameMapper,
  transform: unit.transform,
  transformIgnorePatterns: unit.transformIgnorePatterns,
};
