// @ts-check
// The packages that are published, and how their cdktn variant is derived from the sources that use CDKTF.

/**
 * @typedef {"cdktf" | "cdktn"} FrameworkName
 * @typedef {object} PublishedPackage
 * @property {string} directory
 * @property {readonly FrameworkName[]} frameworks - one tarball each; none: the package depends on no framework
 * @property {boolean} hasSources - the package contains its TypeScript sources, to which its declaration maps refer
 */

/** @type {readonly FrameworkName[]} */
const BOTH = ["cdktf", "cdktn"];

/**
 * In the order in which they are published: a package comes after those that it depends on.
 *
 * @type {readonly PublishedPackage[]}
 */
export const PACKAGES = [
  { directory: "bindings/openstack", frameworks: BOTH, hasSources: false },
  { directory: "bindings/restapi", frameworks: BOTH, hasSources: false },
  // For CDKTF they exist as @cdktf/provider-kubernetes and @cdktf/provider-helm.
  { directory: "bindings/kubernetes", frameworks: ["cdktn"], hasSources: false },
  { directory: "bindings/helm", frameworks: ["cdktn"], hasSources: false },
  { directory: "constructs", frameworks: BOTH, hasSources: true },
  { directory: "tooling", frameworks: [], hasSources: false },
  { directory: "local", frameworks: [], hasSources: false },
  { directory: "cli", frameworks: [], hasSources: false },
];

/** Packages under cdktn: name and accepted versions. */
const CDKTN = {
  cdktf: { name: "cdktn", range: "^0.24.0" },
  "@cdktf/provider-aws": { name: "@cdktn/provider-aws", range: "^25.7.0" },
  "@cdktf/provider-kubernetes": { name: "@groundwork/provider-kubernetes-cdktn", range: "" },
  "@cdktf/provider-helm": { name: "@groundwork/provider-helm-cdktn", range: "" },
  "@groundwork/provider-openstack": { name: "@groundwork/provider-openstack-cdktn", range: "" },
  "@groundwork/provider-restapi": { name: "@groundwork/provider-restapi-cdktn", range: "" },
  "@groundwork/provider-kubernetes": { name: "@groundwork/provider-kubernetes-cdktn", range: "" },
  "@groundwork/provider-helm": { name: "@groundwork/provider-helm-cdktn", range: "" },
  "@groundwork/constructs": { name: "@groundwork/constructs-cdktn", range: "" },
  // The range of cdktn itself.
  constructs: { name: "constructs", range: ">=10.6.0 <10.8.0" },
};

/** Longest names first: one is the beginning of another. */
const NAMES = Object.keys(CDKTN).sort((one, other) => other.length - one.length);
const SPECIFIER = new RegExp(`(["'\`])(${NAMES.join("|")})(?=\\1|/)`, "g");

/**
 * A source, module, declaration or page with the package names of cdktn: `"cdktf"` becomes `"cdktn"`.
 *
 * Only names in quotes are replaced, so that texts such as `cdktf deploy` remain.
 *
 * @param {string} text
 */
export function forCdktn(text) {
  return text.replace(SPECIFIER, (_, quote, /** @type {keyof typeof CDKTN} */ name) => quote + CDKTN[name].name);
}

/**
 * A source with the package names of cdktn, in a copy of the repository: the repository's own packages keep their names.
 *
 * @param {string} text
 */
export function withCdktn(text) {
  return forCdktn(text).replaceAll(/(["'`]@groundwork\/[\w-]+?)-cdktn(?=["'`/])/g, "$1");
}

/**
 * The published `package.json`: without scripts and development dependencies, with the names of the framework.
 *
 * @param {any} source
 * @param {FrameworkName | undefined} framework
 */
export function publishedManifest(source, framework) {
  const manifest = { ...source };
  delete manifest.scripts;
  delete manifest.devDependencies;
  if (framework !== "cdktn") return manifest;
  /** @param {Record<string, unknown> | undefined} entries */
  const renamed = (entries) =>
    entries &&
    Object.fromEntries(
      Object.entries(entries).map(([name, value]) => {
        const replacement = name in CDKTN ? CDKTN[/** @type {keyof typeof CDKTN} */ (name)] : { name, range: "" };
        return [replacement.name, typeof value !== "string" ? value : replacement.range || `^${manifest.version}`];
      }),
    );
  return {
    ...manifest,
    name: `${manifest.name}-cdktn`,
    description: manifest.description.replace("CDK for Terraform", "CDK Terrain (cdktn)"),
    ...(manifest.peerDependencies && { peerDependencies: renamed(manifest.peerDependencies) }),
    ...(manifest.peerDependenciesMeta && { peerDependenciesMeta: renamed(manifest.peerDependenciesMeta) }),
  };
}
