import type { KeyPairOptions } from "../key-pair/key-pair";
import { action, addCommand, type Registration } from "../program/command";

/** Adds `groundwork key-pair`. */
export const registerKeyPair: Registration = (parent, io) => {
  addCommand(parent, {
    usage: "key-pair <name> [file]",
    summary: "Creates an SSH key pair outside the project and prints its public key.",
    examples: [
      ["key-pair operators", "writes ~/.ssh/operators after asking for a passphrase"],
      ["key-pair ci /secure/ci --without-passphrase", "for a program"],
    ],
  })
    .option("--without-passphrase", "do not protect the private key with a passphrase")
    .action(
      action(io, async (name: string, file: string | undefined, options: KeyPairOptions) => {
        const { keyPairCommand } = await import("../key-pair/key-pair.ts");
        return keyPairCommand(name, file, options, io);
      }),
    );
};
