import { Rule } from "../core/violation";

export const PIP001 = new Rule(
  "PIP001",
  "a job has a unique name of at most 255 characters that is not a keyword of GitLab CI",
  "YAML keeps only the last of two equal keys, and a job named `cache` is a setting: in both cases a job is silently missing",
);
export const PIP002 = new Rule(
  "PIP002",
  "a pipeline lists each of its stages once, and every job is in one of them",
  "GitLab rejects the whole file at the push that contains it",
);
export const PIP003 = new Rule(
  "PIP003",
  "a job needs jobs of its own pipeline, each once and never itself",
  "GitLab rejects the whole file",
);
export const PIP004 = new Rule("PIP004", "needs have no cycle", "GitLab rejects the whole file");
export const PIP005 = new Rule(
  "PIP005",
  "a job needs at most 50 others",
  "this is the limit of GitLab; beyond it no pipeline is created",
);
export const PIP006 = new Rule(
  "PIP006",
  "a needed job's stage is not later than its own",
  "GitLab accepts it, and then the displayed order of stages differs from the actual order of jobs",
);
export const PIP007 = new Rule(
  "PIP007",
  "a job that deploys has a guard before its first command that deletes or publishes",
  "`aws s3 sync --delete` with an empty folder deletes the site and succeeds",
);
export const PIP008 = new Rule(
  "PIP008",
  "a job that deploys has a resource group and is not interruptible",
  "two concurrent syncs leave a mixture of both builds, an interrupted sync leaves an incomplete site",
);
export const PIP009 = new Rule(
  "PIP009",
  "a job that deploys has rules",
  "without rules every branch deploys and overwrites the others",
);
export const PIP010 = new Rule(
  "PIP010",
  "a cache key has at most two files and a job has at most four caches",
  "these are the limits of GitLab",
);
export const PIP011 = new Rule(
  "PIP011",
  "node_modules is not cached where npm ci runs",
  "npm ci deletes the folder first, so each job downloads and uploads a cache that nothing reads",
);
export const PIP012 = new Rule(
  "PIP012",
  "an artifact fits into the limit of the project, and `node_modules` has a given size",
  "the upload is rejected after the job has done all its work",
);
export const PIP013 = new Rule(
  "PIP013",
  "a pipeline contains no secret, and its variable names have only letters, digits and underscores",
  "the file is committed; a variable with another name is not available in a shell",
);
export const PIP014 = new Rule(
  "PIP014",
  "a job has a script, 1 to 200 copies and at most two retries",
  "GitLab rejects other numbers",
);
export const PIP015 = new Rule(
  "PIP015",
  "a needed job is included whenever the job that needs it is, or the need is optional",
  "when the rules of the needed job exclude it, GitLab creates no pipeline at all",
);

export const PIP016 = new Rule(
  "PIP016",
  "the texts of a pipeline have the form that their commands require, and no control characters",
  "a shell or GitLab would read a part of the text as another command, another argument or another line",
);

export const GLB001 = new Rule(
  "GLB001",
  "gitlab.rb has supported keys with values of their type",
  "an unknown key fails every `gitlab-ctl reconfigure`, and with it the server",
);
export const GLB002 = new Rule(
  "GLB002",
  "the URL of a server is a scheme and a host, and the scheme is that of its TLS variant",
  "without a scheme the package uses another URL; with the wrong scheme every link is broken",
);
export const GLB003 = new Rule(
  "GLB003",
  "a Let's Encrypt certificate has an e-mail address and is for an own domain and a server that is reachable from the internet",
  "Let's Encrypt rejects addresses and names of cloud providers, and a rejected certificate fails the installation",
);
export const GLB004 = new Rule(
  "GLB004",
  "the machine has the memory and the vCPUs that its sizing requires",
  "on a machine that is too small GitLab starts, and then the kernel kills its processes",
);
export const GLB005 = new Rule(
  "GLB005",
  "the version of a server has three numbers, and an upgrade includes every required stop",
  "skipped migrations leave a database that neither the old nor the new version can use",
);
export const GLB006 = new Rule(
  "GLB006",
  "a data volume is in the zone of its server",
  "a volume cannot be attached across zones; the first boot would wait for it and fail",
);
export const GLB007 = new Rule(
  "GLB007",
  "settings and options contain no literal token or password",
  "it would be stored in user data, in the state file and in the repository",
);
export const GLB008 = new Rule(
  "GLB008",
  "a runner has the major and minor version of its server",
  "GitLab supports no other combination, and single features fail instead of the registration",
);
export const GLB009 = new Rule(
  "GLB009",
  "registration options contain no property of the runner's token and none that the first boot sets",
  "the runner rejects the registration with such options, and the first boot fails",
);
export const GLB010 = new Rule(
  "GLB010",
  "the artifact limit of the project is at least that of its pipeline",
  "the upload is rejected after the job has done all its work",
);
export const GLB011 = new Rule(
  "GLB011",
  "a project is imported over https from a URL without credentials and without a query",
  "the database of GitLab stores the URL with its credentials",
);
export const GLB012 = new Rule(
  "GLB012",
  "groups and projects have paths of letters, digits, dots, hyphens and underscores",
  "GitLab rejects other paths when the server is already running",
);
export const GLB013 = new Rule(
  "GLB013",
  "the number of concurrent jobs of a runner is a whole number of at least 1",
  "the runner does not start with 0",
);
export const GLB014 = new Rule(
  "GLB014",
  "a parameter name is a path without wildcards, outside of /aws and /ssm",
  "policies contain the name, and a wildcard would grant access to other parameters",
);
export const GLB015 = new Rule(
  "GLB015",
  "the version of Node for jobs has three numbers, and its checksums are known or given",
  "an alias such as `lts` changes over time, and an archive without a checksum would be executed with any content",
);
export const GLB016 = new Rule(
  "GLB016",
  "the version of a runner was published for its minor version",
  "runner and server have different patch numbers; the package source has no other version, and the first boot fails",
);
export const GLB017 = new Rule(
  "GLB017",
  "the instance type of a machine is written as family and size, for example t3.medium",
  "EC2 rejects the instance after network and roles have been created",
);
export const GLB018 = new Rule(
  "GLB018",
  "the schedule of backups is a calendar expression of systemd",
  "systemd ignores a timer with another one, and no backup is ever made",
);
export const GLB019 = new Rule(
  "GLB019",
  "a data volume has 1 to 65,536 GiB",
  "EBS rejects another size after the network has been created",
);
export const GLB020 = new Rule(
  "GLB020",
  "the jobs of a server have a role only if a runner is on its machine",
  "the permissions would be granted to no one, and the jobs that need them would fail",
);
