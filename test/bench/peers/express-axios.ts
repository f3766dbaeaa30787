// What a team writes by hand: Express, a JWT middleware, a check of the role, axios. With DATABASE_URL it also keeps two
// durable rows per request in PostgreSQL, one before the call and one after it.
import { Agent } from 'node:https';
import axios from 'axios';
import express from 'express';
import { expressjwt, type Request as AuthorizedRequest } from 'express-jwt';
import jwksRsa from 'jwks-rsa';
import { Pool } from 'pg';
import { listening, setting, upstreamAuthorization } from './peer.ts';

const databaseUrl = process.env['DATABASE_URL'];
const pool = databaseUrl === undefined ? undefined : new Pool({ connectionString: databaseUrl, max: 10 });
await pool?.query(`create table if not exists audit_log (
  id bigint generated always as identity primary key, at timestamptz not null default now(), event text not null,
  intent bigint references audit_log, tenant text, caller text, application text, action text, service_principal text,
  job text, reason text, ticket text, ip text, status integer)`);

const upstream = axios.create({
  baseURL: setting('UPSTREAM'),
  httpsAgent: new Agent({ keepAlive: true, maxSockets: 128 }),
  headers: { authorization: upstreamAuthorization },
  validateStatus: () => true,
});

const app = express();
app.use(
  expressjwt({
    secret: jwksRsa.expressJwtSecret({ jwksUri: setting('JWKS_URI'), cache: true, rateLimit: true }),
    audience: setting('AUDIENCE'),
    issuer: setting('ISSUER'),
    algorithms: ['RS256'],
  }),
);
app.use(express.json());

app.post(
  '/v1.0/servicePrincipals/:principal/synchronization/jobs/:job/pause',
  async (request: AuthorizedRequest<Claims>, response) => {
    const roles = request.auth?.['roles'];
    if (!Array.isArray(roles) || !roles.includes('Jobs.Pause')) {
      response.sendStatus(403);
      return;
    }
    const intent = await recordIntent(request);
    const reply = await upstream.post<unknown>(request.path);
    await recordOutcome(intent, reply.status);
    response.status(reply.status).send(reply.data);
  },
);

const server = app.listen(0, '127.0.0.1', () => {
  listening(server);
});

type Claims = Record<string, unknown>;

async function recordIntent({ auth, params, body, ip }: AuthorizedRequest<Claims>): Promise<string | undefined> {
  const { reason, ticket } = body as { reason?: string; ticket?: string };
  const result = await pool?.query<{ id: string }>(
    `insert into audit_log (event, tenant, caller, application, action, service_principal, job, reason, ticket, ip)
     values ('pause.intent', $1, $2, $3, 'pause', $4, $5, $6, $7, $8) returning id`,
    [auth?.['tid'], auth?.['oid'], auth?.['azp'], params['principal'], params['job'], reason, ticket, ip],
  );
  return result?.rows[0]?.id;
}

async function recordOutcome(intent: string | undefined, status: number): Promise<void> {
  await pool?.query(`insert into audit_log (event, intent, status) values ('pause.outcome', $1, $2)`, [intent, status]);
}
