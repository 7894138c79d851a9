import { detectSecret } from "@groundwork/constructs/boot/detect-secret";

describe("detectSecret", () => {
  test.each([
    ["an AWS access key id", ["AKIA", "IOSFODNN7EXAMPLE"].join("")],
    ["a private key", ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ")],
    ["a GitLab token", ["glrt", "t3_abcdefghij0123456789"].join("-")],
    ["a GitLab registration token", ["GR1348941", "abcdefghij0123456789"].join("")],
    ["an AWS secret access key", `export X=${["wJalrXUtnFEMI/K7MDENG", "bPxRfiCYEXAMPLEKEYa"].join("")}`],
    ["a password in a URL", "git clone https://root:hunter2@example.com/x.git"],
    ["a literal password or token", ["gitlab_rails['initial_root_password']", "'hunter2hunter2'"].join(" = ")],
  ])("detects %s within a longer text", (description, text) => {
    expect(detectSecret(`#!/bin/bash\n${text}\n`)).toBe(description);
  });

  test.each([
    'token="$(aws ssm get-parameter --name "$NAME")"',
    "https://gitlab.com/gatsbyjs/gatsby-starter-default.git",
    "0123456789abcdef0123456789abcdef01234567",
    "/home/gitlab-runner/.nvm/versions/node/v22.12.0/bin",
    "token='${TOKEN}'",
  ])("accepts %s", (text) => {
    expect(detectSecret(text)).toBeUndefined();
  });
});
