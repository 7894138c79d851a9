/** The account of the local cloud; the `local` environment is pinned to it. */
export const ACCOUNT = "111122223333";

/** What the emulators take for credentials. Words, not secrets: no AWS account has them. */
export const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" } as const;
