/**
 * Control characters, the line separators of Unicode, the byte order mark and incomplete surrogate pairs: characters that end a line or
 * an argument in one of the languages of a first boot or a pipeline, or that no editor shows. A tab is none of them.
 */

const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Surrogate}/u;

/** As {@link CONTROL}, without the line feed and the carriage return. */

const CONTROL_IN_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Surrogate}/u;

/** Whether a text is one line without control characters. */
export function isSingleLine(text: string): boolean {
  return !CONTROL.test(text);
}

/** Whether a text of several lines has no other control characters than its line breaks. */
export function isPlainText(text: string): boolean {
  return !CONTROL_IN_TEXT.test(text);
}
