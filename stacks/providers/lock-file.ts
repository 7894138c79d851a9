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
 * The versions with which the tests of this repository run, or of which they know the schema.
 *
 * Sources: `zh:` are the lines of the signed SHA256SUMS of the release, as at least two lock files of other projects contain them. `h1:` of
 * linux_amd64 was computed by `terraform providers lock` from the installed package, and is in lock files with the same `zh:`.
 *
 * The providers of Kubernetes and Helm have no `h1:`: Terraform then compares what it downloads, and accepts an unpacked provider of
 * this machine, such as one of `GROUNDWORK_PROGRAMS`.
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
  {
    address: "registry.terraform.io/hashicorp/kubernetes",
    version: "2.38.0",
    hashes: [
      "zh:0af928d776eb269b192dc0ea0f8a3f0f5ec117224cd644bdacdc682300f84ba0",
      "zh:1be998e67206f7cfc4ffe77c01a09ac91ce725de0abaec9030b22c0a832af44f",
      "zh:326803fe5946023687d603f6f1bab24de7af3d426b01d20e51d4e6fbe4e7ec1b",
      "zh:4a99ec8d91193af961de1abb1f824be73df07489301d62e6141a656b3ebfff12",
      "zh:5136e51765d6a0b9e4dbcc3b38821e9736bd2136cf15e9aac11668f22db117d2",
      "zh:63fab47349852d7802fb032e4f2b6a101ee1ce34b62557a9ad0f0f0f5b6ecfdc",
      "zh:924fb0257e2d03e03e2bfe9c7b99aa73c195b1f19412ca09960001bee3c50d15",
      "zh:b63a0be5e233f8f6727c56bed3b61eb9456ca7a8bb29539fba0837f1badf1396",
      "zh:d39861aa21077f1bc899bc53e7233262e530ba8a3a2d737449b100daeb303e4d",
      "zh:de0805e10ebe4c83ce3b728a67f6b0f9d18be32b25146aa89116634df5145ad4",
      "zh:f569b65999264a9416862bca5cd2a6177d94ccb0424f3a4ef424428912b9cb3c",
      "zh:faf23e45f0090eef8ba28a8aac7ec5d4fdf11a36c40a8d286304567d71c1e7db",
    ],
  },
  {
    address: "registry.terraform.io/hashicorp/helm",
    version: "3.1.1",
    hashes: [
      "zh:1a6d5ce931708aec29d1f3d9e360c2a0c35ba5a54d03eeaff0ce3ca597cd0275",
      "zh:3411919ba2a5941801e677f0fea08bdd0ae22ba3c9ce3309f55554699e06524a",
      "zh:81b36138b8f2320dc7f877b50f9e38f4bc614affe68de885d322629dd0d16a29",
      "zh:95a2a0a497a6082ee06f95b38bd0f0d6924a65722892a856cfd914c0d117f104",
      "zh:9d3e78c2d1bb46508b972210ad706dd8c8b106f8b206ecf096cd211c54f46990",
      "zh:a79139abf687387a6efdbbb04289a0a8e7eaca2bd91cdc0ce68ea4f3286c2c34",
      "zh:aaa8784be125fbd50c48d84d6e171d3fb6ef84a221dbc5165c067ce05faab4c8",
      "zh:afecd301f469975c9d8f350cc482fe656e082b6ab0f677d1a816c3c615837cc1",
      "zh:c54c22b18d48ff9053d899d178d9ffef7d9d19785d9bf310a07d648b7aac075b",
      "zh:db2eefd55aea48e73384a555c72bac3f7d428e24147bedb64e1a039398e5b903",
      "zh:ee61666a233533fd2be971091cecc01650561f1585783c381b6f6e8a390198a4",
      "zh:f569b65999264a9416862bca5cd2a6177d94ccb0424f3a4ef424428912b9cb3c",
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
