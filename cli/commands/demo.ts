import { Option } from "commander";
import type { DemoOptions } from "../demo/demo";
import { action, addCommand, type Registration } from "../program/command";

/** Adds `groundwork demo`. */
export const registerDemo: Registration = (parent, io) => {
  addCommand(parent, {
    usage: "demo",
    summary: "Deploys the lab on the local cloud, verifies it, shows it and destroys it (in a clone of Groundwork).",
    examples: [
      ["demo", "about four minutes, without an account"],
      ["demo --keep", "leaves the stacks and the local cloud running"],
      ["demo --real-openstack", "local-openstack on a real OpenStack of this machine: Debian 12, 4 GB of memory more"],
      ["demo --down", "destroys the stacks and stops the local cloud"],
    ],
    exitCodes:
      "0 success; 1 error, a resource is not as expected, or a part of the local cloud cannot run; 130 interrupted",
  })
    .option("--keep", "leave the stacks and the local cloud running")
    .addOption(new Option("--down", "destroy the stacks and stop the local cloud").conflicts("keep"))
    .option("--real-openstack", "apply local-openstack to a real OpenStack on this machine instead of the emulator")
    .addOption(
      new Option("--without <part...>", "parts of the local cloud that are not started")
        .choices(["kubernetes", "openstack"])
        .default([], "none"),
    )
    .action(
      action(io, async (options: DemoOptions) => {
        const { demo } = await import("../demo/demo.ts");
        return demo(options);
      }),
    );
};
