const { basename } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** The longest test files, longest first. Jest knows durations only where it has run before, and CI starts on a new machine. */
const LONGEST = [
  "compute",
  "demo",
  "production",
  "variants",
  "stacks",
  "aws-page",
  "prove",
  "images",
  "faults",
  "node-group-scaling",
  "interruption",
  "nhn",
  "private-site",
  "orphans",
];

/** Starts the longest files first, so that none of them runs alone at the end. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = LONGEST.indexOf(basename(path, ".test.ts"));
      return place < 0 ? LONGEST.length : place;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
