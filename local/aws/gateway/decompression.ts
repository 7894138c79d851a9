import { gunzipSync } from "node:zlib";
import { RejectedRequest } from "../../http/rejected-request";
import type { RawRequest } from "./call";

/**
 * Decompresses the body of a request, up to a size in MiB. SDKs compress large requests, for example metrics.
 *
 * Not for S3, which stores compressed objects as they are. The emulators decompress without a limit, so that a small body could fill
 * the memory; therefore they receive no compressed body.
 */
export function decompress(request: RawRequest, limit: number): RawRequest {
  const { "content-encoding": encoding = "identity", ...headers } = request.headers;
  if (encoding === "identity") return request;
  if (encoding !== "gzip")
    throw new RejectedRequest(415, `the content encoding ${JSON.stringify(encoding)} is not gzip`);
  try {
    return { ...request, headers, body: gunzipSync(request.body, { maxOutputLength: limit * 1024 * 1024 }) };
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? new RejectedRequest(413, `the decompressed body of the request is larger than ${limit} MiB`)
      : new RejectedRequest(400, "the body of the request is not compressed with gzip");
  }
}
