import { Socket } from 'node:net';

/**
 * Preload (`node --import`) for a process under test: every connection to port 443 of any host goes to port
 * REAL_HOSTS_PORT of loopback instead, whatever user the test runs as. Only the address changes: the process asks for,
 * names in TLS and verifies the certificate of the host that it meant.
 */
const port = Number(process.env['REAL_HOSTS_PORT']);

// tls, https and undici all end here, with options as the first argument, bare or in an array.
const connect = Reflect.get(Socket.prototype, 'connect') as (this: Socket, ...args: unknown[]) => Socket;

Reflect.set(Socket.prototype, 'connect', function redirected(this: Socket, ...args: unknown[]): Socket {
  const [first] = args;
  // What net has normalised carries a mark of its own, so it has to stay the same array.
  if (Array.isArray(first)) first[0] = atLoopback(first[0]);
  else args[0] = atLoopback(first);
  return connect.apply(this, args);
});

function atLoopback(target: unknown): unknown {
  if (typeof target !== 'object' || target === null || !('port' in target) || Number(target.port) !== 443)
    return target;
  return { ...target, host: '127.0.0.1', port };
}
