// @ts-check
// `npm pack` in the directory of a package: packages are prepared elsewhere, because some are published for two frameworks.
console.error(
  "This directory is not what is published; run `npm run pack` in the repository's root, which builds all packages and writes their tarballs to .groundwork/packages.",
);
process.exit(1);
