/** Tags that a registry accepts. Source: the grammar of image references in the distribution specification. */
export const TAG = /^\w[\w.-]{0,127}$/;
