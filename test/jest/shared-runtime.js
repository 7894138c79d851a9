const { AsyncLocalStorage } = require("node:async_hooks");
const { default: Runtime } = require("jest-runtime");
const { newlyCovered } = require("./newly-covered");

/** Modules that were loaded by a test file of this worker, by path. */
const loaded = new Map();
/** The compiled functions of this worker, by the path of the module; all belong to the one environment. */
const compiled = new Map();
/** The runtime of the test file that is running. */
const running = { runtime: undefined };

const TESTS = `${__dirname.slice(0, -"/jest".length)}/`;

/** Everything but the tests, what is set up for each of them, and Jest itself. */
function isShared(path, setup) {
  if (path.includes("/node_modules/")) return !/\/node_modules\/(?:@?jest|expect)/u.test(path);
  return !path.startsWith(TESTS) || (path.startsWith(`${TESTS}support/`) && !setup.includes(path));
}

/**
 * Loads each module once in a worker, not once in each test file: loading CDKTF, the providers and our constructs took half of the time
 * of most tests, and what is loaded again is not yet optimized. A module must not keep state that a test changes.
 * Jest's own modules are evaluated for each test file, and compiled once.
 */
module.exports = class SharedRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    running.runtime = this;
    const registry = this.registries.getActiveCjsRegistry();
    for (const [path, module] of loaded) registry.set(path, module);
    compileOnce(this.executor);
  }

  /** Shared modules that load others later use the runtime that is running, not the one that loaded them. */
  requireModuleOrMock(from, name) {
    const { runtime } = running;
    return this === runtime ? super.requireModuleOrMock(from, name) : runtime.requireModuleOrMock(from, name);
  }

  /** The counters of the environment add up over the files, and Jest's main process needs each only once. */
  getAllCoverageInfoCopy() {
    return newlyCovered(this._environment.global.__coverage__ ?? {});
  }

  teardown() {
    const setup = this._config.setupFilesAfterEnv;
    for (const [path, module] of this.registries.getActiveCjsRegistry())
      if (isShared(path, setup)) loaded.set(path, module);
    for (const storage of storages) storage.disable();
    storages.clear();
    super.teardown();
  }
};

/** Compiles a text once: half of the time of loading Jest's modules. */
function compileOnce(executor) {
  const compile = executor.compile.bind(executor);
  executor.compile = (source, path) => {
    const before = compiled.get(path);
    if (before?.source === source) return before.execute;
    const execute = compile(source, path);
    if (execute !== null) compiled.set(path, { source, execute });
    return execute;
  };
}

/**
 * The storages that are in use. Jest creates one for each test file and leaves it in use, and every promise of the process copies
 * the values of all of them.
 */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
  storages.add(this);
  return Reflect.apply(run, this, args);
};
