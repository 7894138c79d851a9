const { default: Runtime } = require("jest-runtime");

/** Modules that were loaded by a test file of this worker, by path. */
const loaded = new Map();
/** The runtime of the test file that is running. */
const running = { runtime: undefined };

/** Everything but the tests and Jest itself. */
function isShared(path) {
  return path.includes("/node_modules/")
    ? !/\/node_modules\/(?:@?jest|expect)/u.test(path)
    : !path.startsWith(`${__dirname.slice(0, -"/jest".length)}/`);
}

/**
 * Loads each module once in a worker, not once in each test file: loading CDKTF, the providers and our constructs took half of the time
 * of most tests, and what is loaded again is not yet optimized. A module must not keep state that a test changes.
 */
module.exports = class SharedRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    running.runtime = this;
    const registry = this.registries.getActiveCjsRegistry();
    for (const [path, module] of loaded) registry.set(path, module);
  }

  /** Shared modules that load others later use the runtime that is running, not the one that loaded them. */
  requireModuleOrMock(from, name) {
    const { runtime } = running;
    return this === runtime ? super.requireModuleOrMock(from, name) : runtime.requireModuleOrMock(from, name);
  }

  teardown() {
    for (const [path, module] of this.registries.getActiveCjsRegistry()) if (isShared(path)) loaded.set(path, module);
    super.teardown();
  }
};
