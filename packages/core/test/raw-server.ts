import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server that writes what it likes to a socket, for each request that begins; `head` is the request's. */
export async function raw(
  write: (socket: Socket, count: number, head: string) => void,
): Promise<AsyncDisposable & { url: string }> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      const head = data.toString("latin1");
      if (/^(GET|POST|DELETE) /.test(head)) write(socket, ++count, head);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
