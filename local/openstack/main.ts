import { OpenStackEmulator } from "./server";

/** `node main.js <port>`: runs the emulator as its own process, so that it outlives the command that started it. */
function main(port: number | undefined): void {
  if (port === undefined) throw new Error("usage: main.js <port>");
  const server = new OpenStackEmulator((line) => process.stdout.write(`${line}\n`)).createServer();
  server.listen(port, "127.0.0.1");
  process.on("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
  });
}

main(process.argv.slice(2).map(Number)[0]);
