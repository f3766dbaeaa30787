// What Graph is to every peer: takes a pause with 204 and answers anything else with a running job, over TLS, after
// DELAY_MILLIS or at once.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { listening, setting } from './peer.ts';

const delay = Number(setting('DELAY_MILLIS'));
const identity = { cert: readFileSync(setting('TLS_CERT')), key: readFileSync(setting('TLS_KEY')) };

const server = createServer(identity, (request, response) => {
  request.resume();
  const answer = () => {
    response.setHeader('request-id', randomUUID());
    if (request.method === 'POST') {
      response.writeHead(204).end();
      return;
    }
    const id = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
    const job = { id, templateId: 'bench', schedule: { state: 'Active' }, status: { code: 'Active' } };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(job));
  };
  if (delay === 0) answer();
  else setTimeout(answer, delay);
});
server.keepAliveTimeout = 60_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  listening(server, 'https://localhost');
});
