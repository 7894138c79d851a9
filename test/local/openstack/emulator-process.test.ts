import { openstackProcess } from "@groundwork/local/openstack/emulator-process";

describe("the process of the emulator", () => {
  test("runs Node on the given port, with paths for health and reset", () => {
    const { command, args, address, healthPath, resetPath } = openstackProcess(4567);
    expect(command).toBe(process.execPath);
    expect(args).toEqual([expect.stringMatching(/local\/openstack\/main\.js$/), "4567"]);
    expect([address, healthPath, resetPath]).toEqual([{ port: 4567 }, "/_emulator/health", "/_emulator/reset"]);
  });
});
