import { errorMessage } from "../../program/error-message";

/** Names of the errors with which services of AWS deny a call. */
const DENIED = /AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError/;

/** Why a check could not be made. */
export function awsReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!DENIED.test(error.name)) return errorMessage(error);
  const [, action] = /perform:? ([\w-]+:\w+)/.exec(error.message) ?? [];
  return action === undefined ? `no permission: ${error.message.replace(/\.$/, "")}` : `no permission for ${action}`;
}
