import { Name } from "../../core/name";
import type { NameOwner } from "../../core/name-claims";
import { shortened } from "../../core/text";
import { MACHINE_NAME } from "../limits";

/**
 * The host name of a machine without a given name: its path with a hyphen for each character that host names do not have, without
 * what precedes the first letter, shortened when it is too long.
 */
export function defaultHostName(machine: NameOwner): string {
  const accepted = Name.of(machine)
    .toString()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return accepted === "" ? "machine" : shortened(accepted, MACHINE_NAME.maxLength);
}
