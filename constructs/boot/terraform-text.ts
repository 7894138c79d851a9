export { escapeTerraform as forTerraform, isToken as holdsToken } from "../core/token";
