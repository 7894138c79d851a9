import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { OpenBaoUnseal } from "@groundwork/constructs/kpaas/portal/openbao-unseal";
import { readCloudConfig } from "../../../support/boot-root";

describe("OpenBaoUnseal", () => {
  test("checks every minute, with a timer that starts with the machine", () => {
    const config = readCloudConfig(CloudInit.ubuntu().with(OpenBaoUnseal.byTimer()).render());
    const timer = config.write_files?.find(({ path }) => path.endsWith("kpaas-openbao-unseal.timer"));
    expect(timer?.content).toContain("OnCalendar=*-*-* *:*:00\n");
    expect(config.runcmd).toContainEqual(["systemctl", "enable", "--now", "kpaas-openbao-unseal.timer"]);
  });
});
