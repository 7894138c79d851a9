/** Requests to which the emulator answers differently on purpose, with the reason. */
export const DIFFERENCES: Readonly<Record<string, string>> = {};
