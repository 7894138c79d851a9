/** For each source file, how many of its statements, functions and branches are covered so far. */
const reported = new Map();

/** The coverage of the files of which more is covered than when they were last reported. */
exports.newlyCovered = (coverage) =>
  Object.fromEntries(
    Object.entries(coverage).filter(([path, file]) => {
      const count = coveredIn(file);
      if (reported.get(path) === count) return false;
      reported.set(path, count);
      return true;
    }),
  );

function coveredIn({ s, f, b }) {
  return [...Object.values(s), ...Object.values(f), ...Object.values(b).flat()].filter((count) => count > 0).length;
}
