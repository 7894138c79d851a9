import { imageFindings } from "@groundwork/stacks/environments/checks/images";
import { lab } from "@groundwork/stacks/environments/lab";
import { local } from "@groundwork/stacks/environments/local";
import { production } from "@groundwork/stacks/environments/production";
import { ENV013 } from "@groundwork/stacks/rules";

const environments = [
  { environment: "lab", data: lab },
  { environment: "production", data: production },
  { environment: "local", data: local },
];

describe("ENV013: images without an entry in the lock file", () => {
  test("are reported where no build of the environment makes them", () => {
    const locked = { production: ["production/nodejs-backend", "production/frontend"] };
    expect(imageFindings(environments, locked)).toEqual([
      {
        environment: "production",
        path: ["eks", "workloads", "services", "FlaskBackend", "image", "repository"],
        isNotice: true,
        violation: ENV013.violation({
          given: "repository production/flask-backend has no entry in images/production.lock.json",
          fix: "run groundwork images promote lab production --service FlaskBackend",
        }),
      },
    ]);
  });

  test("name a placeholder where no environment builds images, and none for images of other registries", () => {
    const [first] = imageFindings([{ environment: "production", data: production }], {});
    expect(first?.violation.fix).toBe("run groundwork images promote <environment> production --service FlaskBackend");
    expect(imageFindings([{ environment: "lab", data: lab }], {})).toEqual([]);
  });
});
