import { randomBytes } from "node:crypto";
import { CREDENTIALS } from "../account";
import { ApiError } from "../api/api-error";

const LIFETIME_MS = 12 * 60 * 60 * 1000;

/** An issued token. */
export interface Token {
  readonly id: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Defines the tokens of one cloud. A token is valid for twelve hours. */
export class Tokens {
  private readonly issued = new Map<string, Token>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Issues a token. Rejects all credentials but those of the only user. */
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

  /** Rejects a token that was not issued by this cloud or has expired. */
  check(id: string | undefined): void {
    const token = this.issued.get(id ?? "");
    if (token === undefined || token.expiresAt.getTime() <= this.now())
      throw new ApiError(401, "Unauthorized", "The request you have made requires authentication.");
  }
}
