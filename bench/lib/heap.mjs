// Heap of a running process after a forced collection, through its inspector (started with --inspect-port=127.0.0.1:PORT, opened by SIGUSR1).
import { WebSocket } from 'undici';

/** Used heap in MB after a collection. */
export async function heapAfterCollection(inspectPort) {
  const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${String(inspectPort)}/json/list`)).json();
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector refused the connection')), { once: true });
  });
  let next = 0;
  const call = (method) =>
    new Promise((resolve) => {
      const id = (next += 1);
      const onMessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.id !== id) return;
        socket.removeEventListener('message', onMessage);
        resolve(message.result);
      };
      socket.addEventListener('message', onMessage);
      socket.send(JSON.stringify({ id, method }));
    });
  await call('HeapProfiler.collectGarbage');
  await call('HeapProfiler.collectGarbage');
  const { usedSize } = await call('Runtime.getHeapUsage');
  socket.close();
  return Math.round((usedSize / 1048576) * 10) / 10;
}
