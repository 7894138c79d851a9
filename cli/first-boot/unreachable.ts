/** A failure that a retry may resolve: a machine that still starts, or a network interruption. */
export class Unreachable extends Error {}
