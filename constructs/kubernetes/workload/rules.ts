import { Rule } from "../../core/violation";

export const KUB038 = new Rule(
  "KUB038",
  "a volume is mounted at an absolute path other than the root, given once, or a relative path of it below the volume",
  "two volumes at one path hide each other, and a volume at the root hides the image",
);
export const KUB039 = new Rule(
  "KUB039",
  "pods and their claims, settings and secrets have one namespace",
  "a pod that refers to an object of another namespace waits for one with this name in its own",
);
export const KUB040 = new Rule(
  "KUB040",
  "pods with secrets have a service account",
  "the driver reads the secrets with the role of the account; the default account has none",
);
export const KUB041 = new Rule(
  "KUB041",
  "a claim with the access mode ReadWriteOncePod has one pod",
  "a second pod would wait for ever",
);
export const KUB042 = new Rule(
  "KUB042",
  "the numbers of a job are whole and in the range of the API's fields",
  "the API server rejects others",
);
export const KUB043 = new Rule(
  "KUB043",
  "the schedule of a cron job has five fields within their bounds, and its time zone is a name of the tz database",
  "the API server rejects others",
);
