/** Requests to which the emulator responds differently on purpose, with the reason. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  "port of a machine deleted":
    "Neutron deletes it, and the machine loses its interface; the emulator rejects it, so that a test fails if Terraform destroys in a wrong order",
};
