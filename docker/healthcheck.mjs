// HEALTHCHECK of the image: exits 0 when the broker of this container answers on /health/live.
// Plain JavaScript with nothing but Node, because it runs every few seconds and must not load the broker to ask it.
import http from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';

/** A setting as the broker reads it: NAME, or the content of the file that NAME_FILE names. */
function setting(name, fallback) {
  const file = process.env[`${name}_FILE`];
  return process.env[name] || (file ? readFileSync(file, 'utf8').trim() : '') || fallback;
}

const wildcards = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const host = setting('HOST', '127.0.0.1');
const tls = setting('TLS_CERT_FILE') !== undefined;
const request = (tls ? https : http).get(
  {
    host: wildcards[host] ?? host,
    port: setting('PORT', '8080'),
    path: '/health/live',
    timeout: 4000,
    // The certificate names the public host, not this one, and no secret is sent.
    ...(tls && { rejectUnauthorized: false }),
  },
  (response) => process.exit(response.statusCode === 200 ? 0 : 1),
);
request.on('timeout', () => request.destroy(new Error('timed out')));
request.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
