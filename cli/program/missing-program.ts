import { basename } from "node:path";

/** How the programs that commands run are installed. */
const INSTALLATION: Readonly<Record<string, string>> = {
  terraform: "install it from developer.hashicorp.com/terraform/install, or OpenTofu from opentofu.org",
  tofu: "install it from opentofu.org",
  python3: "install Python 3.10 or later from python.org or with your package manager",
  go: "install Go 1.25 or later from go.dev/doc/install or with your package manager",
  ssh: "install the OpenSSH client",
  "ssh-keygen": "install the OpenSSH client",
  cdktf: "install it with npm install --save-dev cdktf-cli",
  git: "install Git",
};

/** The error for a program that cannot be started because it does not exist. */
export function missingProgram(command: string): string {
  const program = basename(command);
  return `${program} is not installed; ${INSTALLATION[program] ?? "install it, or correct its name"}`;
}
