import { Rule } from "../violation";

export const QUO001 = new Rule(
  "QUO001",
  "a value in generated text has no characters that its language cannot express",
  "the rest of the value would be read as another argument, another line or another command",
);
