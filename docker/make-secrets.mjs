// Makes what the services of compose.yaml must not read of each other: once, so that later starts change nothing.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The directory of a service, which nobody but its user (a number inside of its image) can enter. */
function directoryOf(path, user) {
  chownSync(path, user, user);
  chmodSync(path, 0o700);
  return (name, make) => {
    const file = `${path}/${name}`;
    if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o400 });
    chownSync(file, user, user);
    return readFileSync(file, 'utf8');
  };
}

const keepForPostgres = directoryOf('/secrets/postgres', 999);
const keepForBroker = directoryOf('/secrets/broker', 1000);

const password = keepForPostgres('password', () => randomBytes(24).toString('base64url'));
keepForBroker('database-url', () => `postgres://interlock:${password}@postgres:5432/interlock`);
keepForBroker('log-key.pem', () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
keepForBroker('disclosure-key', () => randomBytes(32).toString('base64'));
// The simulator knows this one from its start; a real secret comes from the operator.
keepForBroker('client-secret', () => 'interlock-simulation-only');
