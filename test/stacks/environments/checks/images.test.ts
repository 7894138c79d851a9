import { imageFindings } from "@groundwork/stacks/environments/checks/images";
import { ENV013 } from "@groundwork/stacks/rules";

const image = (repository: string) => ({ image: { from: "repository", repository, tag: "1" } });
const lab = {
  eks: {
    repositories: { Flask: { name: "demo", build: { source: "https://example.com/demo.git" } } },
    workloads: { services: { Flask: image("demo"), Node: { image: { from: "anywhere", name: "node" } } } },
  },
};
const production = {
  eks: {
    repositories: { Flask: { name: "production/flask" }, Frontend: { name: "production/frontend" } },
    workloads: { services: { Flask: image("production/flask"), Frontend: image("production/frontend") } },
  },
};

const environments = [
  { environment: "lab", data: lab },
  { environment: "production", data: production },
  { environment: "local", data: { ...production, aws: { cloud: "local" } } },
];

describe("ENV013: images without an entry in the lock file", () => {
  test("are reported where no build of the environment makes them", () => {
    const locked = { production: ["production/frontend"] };
    expect(imageFindings(environments, locked)).toEqual([
      {
        environment: "production",
        path: ["eks", "workloads", "services", "Flask", "image", "repository"],
        isNotice: true,
        violation: ENV013.violation({
          given: "repository production/flask has no entry in images/production.lock.json",
          fix: "run groundwork images promote lab production --service Flask",
        }),
      },
    ]);
  });

  test("are pushed and recorded where no other environment builds them; images of other registries are not reported", () => {
    const [first] = imageFindings([{ environment: "production", data: production }], {});
    expect(first?.violation.fix).toBe("push the image and run groundwork images record production --service Flask");
    expect(imageFindings([{ environment: "lab", data: lab }], {})).toEqual([]);
  });
});
