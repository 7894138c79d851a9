import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { RejectedRequest, sendRejection } from "@groundwork/local/http/rejected-request";

const response = { writeHead: () => undefined, end: () => undefined } as unknown as ServerResponse;

function message(complete: boolean) {
  const destroy = jest.fn();
  return { destroy, message: Object.assign(new EventEmitter(), { complete, destroy, resume: () => undefined }) };
}

describe("a rejected request", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const reject = (given: ReturnType<typeof message>) => {
    sendRejection(given.message as unknown as IncomingMessage, response, new RejectedRequest(413, "too large"));
  };

  test("keeps its connection when it was received completely", () => {
    const complete = message(true);
    reject(complete);
    jest.advanceTimersByTime(60_000);
    expect(complete.destroy).not.toHaveBeenCalled();
  });

  test("keeps its connection when the rest arrives in time", () => {
    const slow = message(false);
    reject(slow);
    jest.advanceTimersByTime(10_000);
    slow.message.emit("end");
    jest.advanceTimersByTime(60_000);
    expect(slow.destroy).not.toHaveBeenCalled();
  });

  test("loses its connection when the rest does not arrive", () => {
    const stuck = message(false);
    reject(stuck);
    jest.advanceTimersByTime(60_000);
    expect(stuck.destroy).toHaveBeenCalledTimes(1);
  });
});
