import { openstackProcess } from "@groundwork/local/openstack/emulator-process";

describe("the emulator as a part of the local cloud", () => {
  test("is a Node process on the port it is given, asked and emptied by its own paths", () => {
    const { command, args, port, healthPath, resetPath } = openstackProcess(4567);
    expect(command).toBe(process.execPath);
    expect(args).toEqual([expect.stringMatching(/local\/openstack\/main\.js$/), "4567"]);
    expect([port, healthPath, resetPath]).toEqual([4567, "/_emulator/health", "/_emulator/reset"]);
  });
});
