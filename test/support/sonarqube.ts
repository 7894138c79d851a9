import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** SonarQube as far as the first boot meets it, restated from its web API: it starts with a password that everybody knows. */
export class SonarQube {
  static async start(): Promise<SonarQube> {
    const one = new SonarQube();
    one.server.listen(0, "127.0.0.1");
    await once(one.server, "listening");
    return one;
  }

  password = "admin";
  /** How often it was given another password. */
  changes = 0;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  private constructor() {}

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const data of request) body += String(data);
    const basic = Buffer.from((request.headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
    const valid = basic === `admin:${this.password}`;
    if (request.method === "GET" && request.url === "/api/authentication/validate")
      return void response.end(JSON.stringify({ valid }));
    if (request.method !== "POST" || request.url !== "/api/users/change_password")
      return void response.writeHead(404).end();
    const form = new URLSearchParams(body);
    if (!valid || form.get("login") !== "admin" || form.get("previousPassword") !== this.password)
      return void response.writeHead(valid ? 400 : 401).end();
    this.password = form.get("password") ?? "";
    this.changes += 1;
    response.writeHead(204).end();
  }
}
