// @ts-check
// npm run api: writes the reports of the public API. With --check it compares them, and requires an entry of the changelog for a change.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { missingEntry } from "./api-changes.mjs";
import { command } from "./command.mjs";
import { publicSubPaths, REPORTS } from "./public-sub-paths.mjs";
import { ROOT } from "./run.mjs";

await command(async () => {
  const { reports } = await import("./api-reports.mjs");
  const current = reports();
  const problems = [
    ...hiddenTypes(current),
    ...current.flatMap(({ undocumented }) => undocumented.map((name) => `${name} has no doc comment`)),
    ...(process.argv.includes("--check") ? outdated(current) : write(current)),
  ];
  // Otherwise the reports do not show the change yet.
  if (problems.length === 0) problems.push(...missingEntry(ROOT, REPORTS));
  for (const problem of new Set(problems)) console.error(problem);
  return problems.length === 0 ? 0 : 1;
});

/**
 * Types that the public API uses and that no sub-path exports: users can neither name nor look them up.
 *
 * @param {readonly import("./api-reports.mjs").Report[]} all
 */
function hiddenTypes(all) {
  const exported = new Set(all.flatMap(({ exports }) => exports.map(({ name }) => name)));
  return all.flatMap(({ subPath, notExported }) =>
    notExported
      .filter((name) => !exported.has(name))
      .map(
        (name) =>
          `the declarations of ${subPath.directory}/${subPath.name} use ${name}, which no sub-path exports; export it, or mark the member that uses it with @internal`,
      ),
  );
}

/** @param {readonly import("./api-reports.mjs").Report[]} current */
function outdated(current) {
  const changed = current.filter(({ path, text }) => contentOf(path) !== text).map(({ path }) => path);
  const paths = [...changed, ...removed(current)];
  return paths.length === 0
    ? []
    : [`the public API changed: ${paths.join(", ")}; run npm run api, and describe the change in CHANGELOG.md`];
}

/**
 * @param {readonly import("./api-reports.mjs").Report[]} current
 * @returns {string[]}
 */
function write(current) {
  for (const path of removed(current)) rmSync(join(ROOT, path));
  for (const { path, text } of current.filter((report) => contentOf(report.path) !== report.text)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
  return [];
}

/** @param {string} path */
function contentOf(path) {
  return existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), "utf8") : undefined;
}

/**
 * Reports of sub-paths that no longer exist.
 *
 * @param {readonly import("./api-reports.mjs").Report[]} current
 */
function removed(current) {
  const paths = new Set(current.map(({ path }) => path));
  const directories = new Set(publicSubPaths().map(({ directory }) => `${REPORTS}/${directory}`));
  return [...directories]
    .filter((directory) => existsSync(join(ROOT, directory)))
    .flatMap((directory) => readdirSync(join(ROOT, directory)).map((name) => `${directory}/${name}`))
    .filter((path) => !paths.has(path));
}
