import { GENERATORS } from "./generators";
import { type Program, runProgram } from "./program";

/** Programs of each construct, with a fixed seed. */
const PROGRAMS = 10;

/** Programs that must be accepted: a construct whose programs are nearly all rejected is hardly tested. */
const ACCEPTED = 3;

describe("programs of the generators", () => {
  test.each(Object.keys(GENERATORS))("for %s are often accepted, and fail with nothing but violations", (construct) => {
    const programs = Array.from({ length: PROGRAMS }, (_, n): Program => ({ construct, seed: 1 + n }));
    const results = programs.map((program) => runProgram(program));
    expect(results.filter(({ kind }) => kind === "failed")).toEqual([]);
    expect(results.filter(({ kind }) => kind === "accepted").length).toBeGreaterThanOrEqual(ACCEPTED);
  });
});
