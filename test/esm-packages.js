/**
 * Lets Jest load execa, which is published as ES modules only: Jest's `require` cannot load these, so swc compiles them.
 * Both Jest configurations use these settings.
 */
const PACKAGES = [
  "execa",
  "@sec-ant/readable-stream",
  "@sindresorhus/merge-streams",
  "figures",
  "get-stream",
  "human-signals",
  "is-plain-obj",
  "is-stream",
  "is-unicode-supported",
  "npm-run-path",
  "parse-ms",
  "path-key",
  "pretty-ms",
  "strip-final-newline",
  "unicorn-magic",
  "yoctocolors",
].join("|");

module.exports = {
  transform: { [`/node_modules/(?:${PACKAGES})/.+\\.js$`]: ["@swc/jest", { jsc: { target: "es2022" } }] },
  transformIgnorePatterns: [`/node_modules/(?!(?:${PACKAGES})/)`],
  // Its package.json has no export for `require`.
  moduleNameMapper: {
    "^unicorn-magic$": [
      "<rootDir>/tooling/node_modules/unicorn-magic/node.js",
      "<rootDir>/node_modules/unicorn-magic/node.js",
    ],
  },
};
