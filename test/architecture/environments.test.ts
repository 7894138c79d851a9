import { filesBelow, importsOf } from "../support/repository";

const tests = filesBelow("test", ".ts");

describe("tests", () => {
  test("read frozen environments, so that a team can change its own: only the snapshot imports them", () => {
    const own = /stacks\/environments\/(production|index|staging)$|stacks\/main$/;
    const readers = tests.filter((path) => importsOf(path).some((imported) => own.test(imported)));
    expect(readers).toEqual(["test/environments/addresses.test.ts"]);
  });
});
