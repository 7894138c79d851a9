/** A logged request. Bodies are not logged: they can contain secrets. */
export interface LoggedRequest {
  readonly cloud: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Kind of the object that the request is about; empty when unknown. */
  readonly kind: string;
  /** Name of that object; empty when it has none. */
  readonly name: string;
  /** Error type of the cloud, such as `SubnetInUse`; empty when the request succeeded. */
  readonly error: string;
}

/** Defines the log of all requests that tried to change a cloud, in order; the status shows whether a request failed. */
export class RequestLog {
  private readonly requests: LoggedRequest[] = [];

  /** Appends a request. */
  add(request: LoggedRequest): void {
    this.requests.push(request);
  }

  /** All logged requests, the oldest first. */
  get entries(): readonly LoggedRequest[] {
    return this.requests;
  }
}
