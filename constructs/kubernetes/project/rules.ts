import { Rule } from "../../core/violation";

export const KUB044 = new Rule(
  "KUB044",
  "a quota has at least one amount, and whole numbers of objects",
  "the API server rejects other numbers; a quota without amounts limits nothing",
);
export const KUB045 = new Rule(
  "KUB045",
  "the default requests of containers do not exceed their default limits, nor those the maximum",
  "the API server rejects the LimitRange",
);
export const KUB046 = new Rule(
  "KUB046",
  "the members of a project are named groups, users and service accounts with the role view, edit or admin",
  "a role for system:authenticated belongs to everyone with access to the cluster",
);
export const KUB047 = new Rule(
  "KUB047",
  "the peers of a project are namespaces and address blocks",
  "network policies know no security groups and no prefix lists",
);
