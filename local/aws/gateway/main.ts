import { Gateway } from "./server";

/** `node main.js <port> <moto socket> <MiniStack socket>`: the gateway as a process of its own, which outlives the process that started it. */
function main([port, moto, ministack]: readonly string[]): void {
  if (port === undefined || moto === undefined || ministack === undefined)
    throw new Error("usage: main.js <port> <moto> <ministack>");
  const server = new Gateway({ moto, ministack }, (line) => process.stdout.write(`${line}\n`)).createServer();
  server.listen(Number(port), "127.0.0.1");
  process.on("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
  });
}

main(process.argv.slice(2));
