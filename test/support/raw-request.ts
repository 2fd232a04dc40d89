import { connect } from 'node:net';

/** Sends bytes on a bare socket and gives all that comes back until the server closes, or until `until` is seen. */
export function rawRequest(port: number, pieces: readonly (string | Buffer)[], until?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (until?.test(text)) done();
    });
    socket.on('close', done);
    socket.on('error', (error: NodeJS.ErrnoException) => (['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? done() : reject(error)));
    for (const piece of pieces) socket.write(piece);
  });
}
