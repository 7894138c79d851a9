/** Account id of the local cloud; the `local` environment is pinned to it. */
export const ACCOUNT = "111122223333";

/** Credentials that the emulators accept. Not a secret: no AWS account has them. */
export const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" } as const;
