import fc from "fast-check";

/** Values that change the meaning of generated text when a generator does not quote them. */
export const HOSTILE: readonly string[] = [
  "$(touch PWNED)",
  "`touch PWNED`",
  "; touch PWNED;",
  "' ; touch PWNED ; '",
  '" ; touch PWNED ; "',
  "x\ntouch PWNED\n",
  "x\r\ntouch PWNED",
  "x\u2028touch PWNED",
  "x\u0085touch: PWNED",
  "-oProxyCommand=touch PWNED",
  "--upload-pack=touch PWNED",
  "| touch PWNED",
  "&& touch PWNED",
  "> PWNED",
  "${IFS}touch${IFS}PWNED",
  "$HOME",
  "{{ PWNED }}",
  "${{ PWNED }}",
  "%{PWNED}",
  "%n%h",
  "#{`touch PWNED`}",
  "'; `touch PWNED`; '",
  "\\",
  "x\\",
  "x\u0000y",
  "x\u001b[31my",
  "\u202e\ufeffx",
  "* (rw,no_root_squash)",
  "0.0.0.0/0 -j ACCEPT #",
  "EOF\ntouch PWNED",
  "\ud800",
  "ключ 한국어 🙂",
  "",
  " ",
  "..",
  "../../etc/passwd",
  "a b",
];

/** Any hostile value: those of the list, alone, in the middle of a plain word, and random texts. */
export function anyHostile(): fc.Arbitrary<string> {
  const known = fc.constantFrom(...HOSTILE);
  return fc.oneof(
    known,
    known.map((text) => `a${text}b`),
    fc.tuple(known, known).map(([one, other]) => one + other),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(..."'\"`$(){};|&<>\\\n\r\t -*?#~%!a=/"), maxLength: 12 }),
  );
}
