import { readFileSync } from 'node:fs';
import { settingNames } from '#config';
import { parse } from 'yaml';
import { z } from 'zod';

const compose = z.looseObject({
  services: z.looseObject({
    broker: z.looseObject({ environment: z.record(z.string(), z.string()), volumes: z.array(z.string()) }),
  }),
});
const { broker } = compose.parse(parse(readFileSync('docker/compose.yaml', 'utf8'), { merge: true })).services;
const secrets = readFileSync('docker/make-secrets.mjs', 'utf8');

describe('the brokers of the compose file', () => {
  it('are given settings that exist, and of Node’s own the private authority only', () => {
    const known = new Set<string>(settingNames.flatMap((setting) => [setting, `${setting}_FILE`]));

    expect(Object.keys(broker.environment).filter((name) => !known.has(name))).toEqual(['NODE_EXTRA_CA_CERTS']);
  });

  it('find in their volume each file that a setting names, made before they start', () => {
    const files = Object.entries(broker.environment).filter(([name]) => name.endsWith('_FILE'));
    const made = [...secrets.matchAll(/keepForBroker\('([^']+)'/g)].map(([, name]) => `/run/interlock/${name}`);

    expect(broker.volumes).toContain('broker-secrets:/run/interlock:ro');
    expect(files.map(([, path]) => path).toSorted()).toEqual(made.toSorted());
  });
});
