import { errorMessage } from "@groundwork/cli/program/error-message";
import { run } from "@groundwork/tooling/process/run";

function systemError(fields: object, cause?: unknown): Error {
  return Object.assign(new Error("raw text of the system", { cause }), fields);
}

describe("an error message", () => {
  test.each([
    [
      { code: "ENOSPC", path: "/data" },
      "no space left on the disk of /data; free some space, then run the command again",
    ],
    [{ code: "EACCES", path: "/etc/x" }, "no permission to access /etc/x; change its owner or permissions"],
    [{ code: "EROFS", path: "/mnt/x" }, "/mnt/x is on a read-only file system; use another directory"],
    [
      { code: "EADDRINUSE", port: 4566 },
      "port 4566 is in use by another program; stop that program, or choose another port with --port",
    ],
    [
      { code: "ENOTFOUND", hostname: "cloud.example" },
      "no connection to cloud.example (ENOTFOUND); check the network, and HTTPS_PROXY if a proxy is required",
    ],
    [
      { code: "ECONNREFUSED", address: "127.0.0.1", port: 1 },
      "no connection to 127.0.0.1:1 (ECONNREFUSED); check the network, and HTTPS_PROXY if a proxy is required",
    ],
    [
      { code: "ENOENT", syscall: "spawn terraform", path: "terraform" },
      "terraform is not installed; install it from developer.hashicorp.com/terraform/install, or OpenTofu from opentofu.org",
    ],
    [{ code: "ENOENT", syscall: "spawn foo", path: "/x/foo" }, "foo is not installed; install it, or correct its name"],
    [{ code: "ENOENT", syscall: "open", path: "/x" }, "no file /x"],
  ])("of %j has a cause and a fix", (fields, message) => {
    expect(errorMessage(systemError(fields))).toBe(message);
    // As fetch reports it, and as connections to several addresses do.
    expect(errorMessage(new TypeError("fetch failed", { cause: systemError(fields) }))).toBe(message);
    expect(errorMessage(new AggregateError([systemError(fields)]))).toBe(message);
  });

  test.each(["python3", "go", "ssh", "cdktf"])("of a missing %s contains how to install it", async (program) => {
    const error: unknown = await run({ command: program, args: [], env: { PATH: "/nowhere" } }).catch(
      (caught: unknown) => caught,
    );
    expect(errorMessage(error)).toMatch(new RegExp(`^${program} is not installed; install `));
  });

  test("of AWS explains missing and expired credentials", () => {
    const named = (name: string, message: string) => Object.assign(new Error(message), { name });
    expect(errorMessage(named("CredentialsProviderError", "Could not load credentials from any providers"))).toBe(
      "Could not load credentials from any providers: no valid AWS credentials; log in as for cdktf deploy, for example with aws sso login and AWS_PROFILE",
    );
    expect(errorMessage(named("ExpiredTokenException", "expired."))).toBe(
      "expired: the AWS credentials have expired; log in again",
    );
  });

  test("is the own text of an error of a command, and distinguishes a defect of the program", () => {
    expect(errorMessage(new Error("no stack; add one"))).toBe("no stack; add one");
    expect(errorMessage("text")).toBe("text");
    expect(errorMessage(new TypeError("x is undefined"))).toMatch(/^x is undefined; this is a defect of groundwork/);
  });
});
