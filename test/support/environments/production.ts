/** The recommended environment as it is frozen: tests do not depend on the values of a team's own `production.ts`. */
export { recommended as production } from "@groundwork/stacks/environments/recommended";
