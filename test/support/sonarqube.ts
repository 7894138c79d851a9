import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A stand-in for SonarQube's web API, as far as the first boot uses it: it starts with a public password. */
export class SonarQube {
  static async start(): Promise<SonarQube> {
    const sonarqube = new SonarQube();
    sonarqube.server.listen(0, "127.0.0.1");
    await once(sonarqube.server, "listening");
    return sonarqube;
  }

  password = "admin";
  /** Number of password changes. */
  changes = 0;
  private readonly server: Server = createServer((request, response) => void this.respond(request, response));

  private constructor() {}

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    this.server.close();
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
