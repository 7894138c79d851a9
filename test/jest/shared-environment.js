const { TestEnvironment } = require("jest-environment-node");

/** The environment of this worker, with what its global object and its `process` have before the first file. */
let shared;

/**
 * One environment for all test files of a worker, so that they can share loaded modules (`shared-runtime.js`): objects of different
 * environments have different classes. Each file starts with the environment variables of the worker and without the state of Jest.
 */
module.exports = class SharedEnvironment extends TestEnvironment {
  constructor(config, context) {
    if (shared !== undefined) {
      reset(shared);
      return shared.environment;
    }
    super(config, context);
    const { process } = this.global;
    shared = {
      environment: this,
      symbols: new Set(Object.getOwnPropertySymbols(this.global)),
      variables: { ...process.env },
      exit: process.exit,
    };
  }

  /** Nothing: the next file uses the environment. */
  async teardown() {}
};

function reset({ environment: { global }, symbols, variables, exit }) {
  for (const symbol of Object.getOwnPropertySymbols(global)) if (!symbols.has(symbol)) delete global[symbol];
  const { process } = global;
  process.exit = exit;
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, variables);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal);
}
