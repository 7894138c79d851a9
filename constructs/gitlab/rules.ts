import { Rule } from "../core/violation";

export const PIP001 = new Rule(
  "PIP001",
  "a job has a name of at most 255 characters of its own that is no word of GitLab's",
  "of two keys with one name YAML keeps the last, and a job named `cache` is read as a setting: either way a job is silently missing",
);
export const PIP002 = new Rule(
  "PIP002",
  "a pipeline names each of its stages once, and every job is in one of them",
  "GitLab refuses the whole file at the push that brought it",
);
export const PIP003 = new Rule(
  "PIP003",
  "a job needs jobs of its own pipeline, each once and never itself",
  "GitLab refuses the whole file",
);
export const PIP004 = new Rule(
  "PIP004",
  "needs lead nowhere back to where they began",
  "GitLab refuses the whole file",
);
export const PIP005 = new Rule(
  "PIP005",
  "a job needs at most 50 others",
  "that is GitLab's own limit; beyond it no pipeline is created",
);
export const PIP006 = new Rule(
  "PIP006",
  "a needed job's stage is not later than its own",
  "GitLab runs it as written, and then the stages that people see tell another order than the one that runs",
);
export const PIP007 = new Rule(
  "PIP007",
  "a job that deploys checks what it deploys before its first command that deletes or publishes",
  "`aws s3 sync --delete` with an empty folder empties the site and calls it a success",
);
export const PIP008 = new Rule(
  "PIP008",
  "a job that deploys stands in a resource group and cannot be interrupted",
  "two syncs at once leave a mixture of both builds, half a sync leaves half a site",
);
export const PIP009 = new Rule(
  "PIP009",
  "a job that deploys says when it runs",
  "without rules every branch deploys over every other",
);
export const PIP010 = new Rule(
  "PIP010",
  "a cache keys on at most two files and a job has at most four caches",
  "those are GitLab's limits",
);
export const PIP011 = new Rule(
  "PIP011",
  "node_modules is not cached where npm ci runs",
  "npm ci deletes the folder first, so each job downloads and uploads a cache that nothing reads",
);
export const PIP012 = new Rule(
  "PIP012",
  "an artifact fits into the project's limit, and a large one says its size",
  "the upload is refused after the job has done all its work",
);
export const PIP013 = new Rule(
  "PIP013",
  "a pipeline holds no secret, and its variables are named in letters, digits and underscores",
  "the file is committed; a variable of another name does not exist in a shell",
);
export const PIP014 = new Rule(
  "PIP014",
  "a job has a script, runs in 1 to 200 copies and is retried at most twice",
  "GitLab refuses other numbers",
);
export const PIP015 = new Rule(
  "PIP015",
  "a needed job is there whenever the job that needs it is, or is needed as optional",
  "when its rules leave it out, GitLab creates no pipeline at all",
);

export const GLB001 = new Rule(
  "GLB001",
  "gitlab.rb has keys that the package knows, each with a value of its kind",
  "one unknown key stops every configuration run, and the server with it",
);
export const GLB002 = new Rule(
  "GLB002",
  "a server's URL is a scheme and a host, and the scheme is the one its way of TLS has",
  "without a scheme the package takes another address for its own; with the wrong one every link is dead",
);
export const GLB003 = new Rule(
  "GLB003",
  "a certificate of Let's Encrypt is for a domain of one's own, on a server that the internet reaches",
  "it is refused for addresses and for names of cloud providers, and a refused certificate fails the installation",
);
export const GLB004 = new Rule(
  "GLB004",
  "the machine has the memory and the processors that its sizing asks for",
  "GitLab on too small a machine starts, and then is killed process by process",
);
export const GLB005 = new Rule(
  "GLB005",
  "a server's version is pinned to three numbers, and an upgrade passes through every required stop",
  "skipped migrations leave a database that neither the old nor the new version can use",
);
export const GLB006 = new Rule(
  "GLB006",
  "a data volume is in the zone of its server",
  "a volume cannot be attached across zones; the server would wait for it until it gives up",
);
export const GLB007 = new Rule(
  "GLB007",
  "settings and options hold no literal token or password",
  "they end up in user data, in state and in the repository",
);
export const GLB008 = new Rule(
  "GLB008",
  "a runner is of its server's major and minor version",
  "GitLab supports no other pair, and fails in single features rather than at once",
);
export const GLB009 = new Rule(
  "GLB009",
  "a registration does not say what the runner's token already says",
  "the runner refuses to register with such options, and would wait for ever",
);
export const GLB010 = new Rule(
  "GLB010",
  "the project takes artifacts as large as its pipeline keeps",
  "the upload is refused after the job has done all its work",
);
export const GLB011 = new Rule(
  "GLB011",
  "a project is imported over https from an address without credentials",
  "the address is kept in GitLab's database, with whatever stands in it",
);
export const GLB012 = new Rule(
  "GLB012",
  "groups and projects have paths of letters, digits, dots, hyphens and underscores",
  "GitLab refuses others when the server is already up",
);
export const GLB013 = new Rule(
  "GLB013",
  "a runner runs a whole number of jobs at once, at least one",
  "0 is forbidden and stops the runner",
);
export const GLB014 = new Rule(
  "GLB014",
  "a parameter's name is a path of its own below /",
  "a permission names it, and a pattern would open others",
);
export const GLB015 = new Rule(
  "GLB015",
  "the Node that jobs find is pinned to three numbers",
  "a name such as `lts` is another version next month, and a misspelt one fails on the machine after its server is up",
);
