// @ts-check
// Reports of the public API: the declarations of every public sub-path, as a user's compiler reads them.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  ExtractorMessageCategory,
} from "@microsoft/api-extractor";
import { exportsOf, undocumented } from "./api-exports.mjs";
import { publicSubPaths, REPORTS } from "./public-sub-paths.mjs";
import { ROOT } from "./run.mjs";

/**
 * @typedef {import("./public-sub-paths.mjs").SubPath} SubPath
 * @typedef {object} Report
 * @property {SubPath} subPath
 * @property {string} path - of the report
 * @property {string} text
 * @property {readonly import("./api-exports.mjs").Export[]} exports
 * @property {readonly string[]} undocumented - exports and members without a doc comment
 * @property {readonly string[]} notExported - types of the package that the declarations use and that the sub-path does not export
 */

/**
 * Path of a sub-path's report.
 *
 * @param {SubPath} subPath
 */
export function reportPath({ directory, name }) {
  return `${REPORTS}/${directory}/${name.replaceAll("/", "-")}.api.md`;
}

/**
 * The current reports. The packages must be compiled.
 *
 * @param {readonly string[]} directories - of the packages; by default of all
 * @returns {readonly Report[]}
 */
export function reports(directories = [...new Set(publicSubPaths().map(({ directory }) => directory))]) {
  const temporary = mkdtempSync(join(tmpdir(), "groundwork-api-"));
  try {
    return directories.flatMap((directory) => reportsOf(directory, temporary));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/**
 * The reports of a package, from one compilation: parsing the provider's declarations takes longest.
 *
 * @param {string} directory
 * @param {string} temporary
 * @returns {readonly Report[]}
 */
function reportsOf(directory, temporary) {
  const subPaths = publicSubPaths().filter((subPath) => subPath.directory === directory);
  const configured = subPaths.map((subPath) => ({
    subPath,
    configuration: configuration(subPath, subPaths, temporary),
  }));
  const [first, ...others] = configured.map((each) => each.configuration);
  if (first === undefined) return [];
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  });
  const program = /** @type {import("typescript").Program} */ (compilerState.program);
  return configured.map((each) => {
    const exports = exportsOf(program, each.configuration.mainEntryPointFilePath);
    return {
      subPath: each.subPath,
      path: reportPath(each.subPath),
      exports,
      undocumented: undocumented(program, exports),
      ...extract(each.configuration, compilerState),
    };
  });
}

/**
 * @param {ExtractorConfig} configuration
 * @param {CompilerState} compilerState
 */
function extract(configuration, compilerState) {
  /** @type {string[]} */
  const used = [];
  /** @type {string[]} */
  const errors = [];
  Extractor.invoke(configuration, {
    compilerState,
    localBuild: true,
    messageCallback: (message) => {
      const name = /The symbol "(\w+?)(_\d+)?" needs to be exported/.exec(message.text)?.[1];
      if (message.messageId === "ae-forgotten-export" && name !== undefined) used.push(name);
      if (message.category === ExtractorMessageCategory.Compiler) errors.push(message.formatMessageWithLocation(ROOT));
      message.logLevel = ExtractorLogLevel.None;
    },
  });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const file = join(configuration.reportFolder, String(configuration.reportConfigs[0]?.fileName));
  // The mark also has members whose comment is inherited; `undocumented` has those without any.
  const text = readFileSync(file, "utf8")
    .replaceAll(/ *\/\/ \(undocumented\)\n/g, "")
    .replaceAll(" (undocumented)", "");
  return { text, notExported: used.filter((name) => new RegExp(`\\b${name}(_\\d+)?\\b`).test(text)) };
}

/**
 * @param {SubPath} subPath
 * @param {readonly SubPath[]} all
 * @param {string} temporary
 */
function configuration(subPath, all, temporary) {
  const projectFolder = join(ROOT, subPath.directory);
  const fileOf = (/** @type {SubPath} */ { types }) => join(projectFolder, types);
  if (!existsSync(fileOf(subPath))) throw new Error(`${fileOf(subPath)} does not exist; run npm run build`);
  const reportFolder = join(temporary, subPath.directory);
  return ExtractorConfig.prepare({
    configObjectFullPath: join(projectFolder, "api-extractor.json"),
    packageJsonFullPath: join(projectFolder, "package.json"),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: fileOf(subPath),
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          extends: "../tsconfig.base.json",
          compilerOptions: { rootDir: ".", outDir: "lib" },
          files: all.map(fileOf),
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${subPath.name.replaceAll("/", "-")}.api.md`,
        // Without members that are marked as @internal.
        reportVariants: ["public"],
        reportFolder,
        reportTempFolder: join(reportFolder, "compared"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      // Messages contain line numbers, which are no part of the API.
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.Warning } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}
