/** A path below a directory: no absolute path, no parent directory, no option. */
export const RELATIVE_PATH = /^(?![-/])(?!(.*\/)?\.\.(\/|$))[\w./+@ -]{1,300}$/;
