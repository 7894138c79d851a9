import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A version of a provider, and the hashes of its packages. */
export interface LockedProvider {
  /** Address with the host that Terraform adds to `hashicorp/aws`. */
  readonly address: string;
  readonly version: string;
  /** `h1:` of an unpacked package, `zh:` of the archives of all platforms. */
  readonly hashes: readonly string[];
}

/**
 * The version with which the tests of this repository run.
 *
 * Sources: `h1:` of linux_amd64 was computed by `terraform providers lock` from the installed package; `zh:` are the lines of the signed
 * SHA256SUMS of the release, as lock files of other projects contain them that have the same `h1:`.
 */
export const LOCKED: readonly LockedProvider[] = [
  {
    address: "registry.terraform.io/hashicorp/aws",
    version: "5.100.0",
    hashes: [
      "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=",
      "zh:054b8dd49f0549c9a7cc27d159e45327b7b65cf404da5e5a20da154b90b8a644",
      "zh:0b97bf8d5e03d15d83cc40b0530a1f84b459354939ba6f135a0086c20ebbe6b2",
      "zh:1589a2266af699cbd5d80737a0fe02e54ec9cf2ca54e7e00ac51c7359056f274",
      "zh:6330766f1d85f01ae6ea90d1b214b8b74cc8c1badc4696b165b36ddd4cc15f7b",
      "zh:7c8c2e30d8e55291b86fcb64bdf6c25489d538688545eb48fd74ad622e5d3862",
      "zh:99b1003bd9bd32ee323544da897148f46a527f622dc3971af63ea3e251596342",
      "zh:9b12af85486a96aedd8d7984b0ff811a4b42e3d88dad1a3fb4c0b580d04fa425",
      "zh:9f8b909d3ec50ade83c8062290378b1ec553edef6a447c56dadc01a99f4eaa93",
      "zh:aaef921ff9aabaf8b1869a86d692ebd24fbd4e12c21205034bb679b9caf883a2",
      "zh:ac882313207aba00dd5a76dbd572a0ddc818bb9cbf5c9d61b28fe30efaec951e",
      "zh:bb64e8aff37becab373a1a0cc1080990785304141af42ed6aa3dd4913b000421",
      "zh:dfe495f6621df5540d9c92ad40b8067376350b005c637ea6efac5dc15028add4",
      "zh:f0ddf0eaf052766cfe09dea8200a946519f653c384ab4336e2a4a64fdd6310e9",
      "zh:f1b7e684f4c7ae1eed272b6de7d2049bb87a0275cb04dbb7cda6636f600699c9",
      "zh:ff461571e3f233699bf690db319dfe46aec75e58726636a0d97dd9ac6e32fb70",
    ],
  },
];

const FILE = ".terraform.lock.hcl";

/** The `required_providers` of a synthesized stack, by local names. */
type RequiredProviders = Readonly<Record<string, { readonly source?: string; readonly version?: string }>>;

/**
 * Writes a lock file into the directory of each synthesized stack that requires a locked provider in a version that its constraint
 * allows. Terraform then installs exactly this version, and no package with another hash.
 *
 * An existing file is kept: `terraform init -upgrade` and `terraform providers lock` change it.
 */
export function writeLockFiles(output: string): void {
  const stacks = join(output, "stacks");
  for (const stack of existsSync(stacks) ? readdirSync(stacks) : []) {
    const directory = join(stacks, stack);
    const configuration = join(directory, "cdk.tf.json");
    if (!existsSync(configuration) || existsSync(join(directory, FILE))) continue;
    const text = lockFile(requiredProviders(readFileSync(configuration, "utf8")));
    if (text !== undefined) writeFileSync(join(directory, FILE), text);
  }
}

/** The lock file of a stack; undefined if it requires no provider that is locked. */
export function lockFile(required: RequiredProviders): string | undefined {
  const entries = LOCKED.flatMap((locked) => {
    const found = Object.entries(required).find(([name, { source }]) => addressOf(source ?? name) === locked.address);
    const constraint = found?.[1].version;
    return constraint !== undefined && allows(constraint, locked.version) ? [entry(locked, constraint)] : [];
  });
  return entries.length === 0 ? undefined : `${HEADER}${entries.join("")}`;
}

const HEADER = `# Written by the synthesis from stacks/providers/lock-file.ts. "terraform init" maintains it from now on.
`;

function requiredProviders(configuration: string): RequiredProviders {
  const { terraform } = JSON.parse(configuration) as {
    readonly terraform?: { readonly required_providers?: RequiredProviders };
  };
  return terraform?.required_providers ?? {};
}

/** CDKTF writes `aws` for `registry.terraform.io/hashicorp/aws`. */
function addressOf(source: string): string {
  const parts = source.split("/");
  return ["registry.terraform.io", "hashicorp"]
    .slice(0, 3 - parts.length)
    .concat(parts)
    .join("/");
}

function entry({ address, version, hashes }: LockedProvider, constraint: string): string {
  const lines = hashes.map((hash) => `    "${hash}",\n`).join("");
  return `
provider "${address}" {
  version     = "${version}"
  constraints = ${JSON.stringify(constraint)}
  hashes = [
${lines}  ]
}
`;
}

/** Whether a constraint such as `>= 5.100.0, < 7.0.0` allows a version; false for a constraint of another form. */
export function allows(constraint: string, version: string): boolean {
  return constraint.split(",").every((part) => {
    const [, operator = "=", bound] = /^\s*(=|!=|>=|<=|>|<|~>)?\s*(\d+(?:\.\d+){0,2})\s*$/.exec(part) ?? [];
    return bound !== undefined && OPERATORS[operator]?.(compare(version, bound), version, bound) === true;
  });
}

type Operator = (order: number, version: string, bound: string) => boolean;

const OPERATORS: Readonly<Record<string, Operator>> = {
  "=": (order) => order === 0,
  "!=": (order) => order !== 0,
  ">=": (order) => order >= 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  "<": (order) => order < 0,
  // The last component may increase.
  "~>": (order, version, bound) => {
    const fixed = bound.split(".").slice(0, -1);
    return order >= 0 && version.split(".").slice(0, fixed.length).join(".") === fixed.join(".");
  },
};

function compare(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(".").map(Number));
  const index = [0, 1, 2].find((each) => (left?.[each] ?? 0) !== (right?.[each] ?? 0)) ?? 0;
  return (left?.[index] ?? 0) - (right?.[index] ?? 0);
}
