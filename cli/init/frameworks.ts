import type { Manifest } from "../program/manifest";

/** Frameworks of a new project. */
export type FrameworkName = "cdktf" | "cdktn";

/** The packages of a project. */
export interface Framework {
  /** Package of the framework. */
  readonly framework: string;
  /** Package of the AWS bindings. */
  readonly provider: string;
  /** Package of the constructs. */
  readonly library: string;
  /** Command of the framework. */
  readonly cli: string;
  /** Lowest version of Node that the framework supports. */
  readonly node: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Packages that differ between the frameworks. */
const PACKAGES = {
  cdktf: {
    framework: "cdktf",
    provider: "@cdktf/provider-aws",
    library: "@groundwork/constructs",
    cli: "cdktf",
    node: "20.19",
    cliPackage: "cdktf-cli",
  },
  cdktn: {
    framework: "cdktn",
    provider: "@cdktn/provider-aws",
    library: "@groundwork/constructs-cdktn",
    cli: "cdktn",
    node: "22.19",
    cliPackage: "cdktn-cli",
  },
} as const;

/** Packages of every project. */
const TOOLS = ["@swc/core", "@swc/jest", "@types/jest", "@types/node", "jest", "typescript"];

/** The packages of a project with a framework, in the versions of this package's `package.json`. */
export function frameworkPackages(name: FrameworkName, { version, initialVersions }: Manifest): Framework {
  const { cliPackage, ...packages } = PACKAGES[name];
  const versionOf = (dependency: string) => {
    const found = dependency.startsWith("@groundwork/") ? version : initialVersions[dependency];
    if (found === undefined) throw new Error(`the package.json of groundwork has no version of ${dependency}`);
    return found;
  };
  const pinned = (dependencies: readonly string[]) =>
    Object.fromEntries([...dependencies].sort().map((dependency) => [dependency, versionOf(dependency)]));
  return {
    ...packages,
    dependencies: pinned([packages.framework, packages.provider, packages.library, "constructs"]),
    devDependencies: pinned([cliPackage, "@groundwork/cli", ...TOOLS]),
  };
}
