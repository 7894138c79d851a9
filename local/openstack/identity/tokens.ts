import { randomBytes } from "node:crypto";
import { CREDENTIALS } from "../account";
import { ApiError } from "../api/api-error";

const LIFETIME_MS = 12 * 60 * 60 * 1000;

/** A proof that somebody knew the password. */
export interface Token {
  readonly id: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Defines who may speak to a cloud: whoever got a token of it, for twelve hours. */
export class Tokens {
  private readonly issued = new Map<string, Token>();

  constructor(private readonly now: () => number = Date.now) {}

  /** A new token for the one user there is. Refuses everybody else. */
  issue(given: { readonly username: string; readonly password: string; readonly tenantId: string }): Token {
    const { username, password, tenantId } = CREDENTIALS;
    if (given.username !== username || given.password !== password || given.tenantId !== tenantId)
      throw new ApiError(401, "Unauthorized", "The request you have made requires authentication.");
    const issued = this.now();
    const token = {
      id: randomBytes(16).toString("hex"),
      issuedAt: new Date(issued),
      expiresAt: new Date(issued + LIFETIME_MS),
    };
    this.issued.set(token.id, token);
    return token;
  }

  /** Refuses a call without a token that is known and not too old. */
  check(id: string | undefined): void {
    const token = this.issued.get(id ?? "");
    if (token === undefined || token.expiresAt.getTime() <= this.now())
      throw new ApiError(401, "Unauthorized", "The request you have made requires authentication.");
  }
}
