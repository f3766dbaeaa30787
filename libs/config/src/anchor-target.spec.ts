import { readAnchorTarget } from './anchor-target.ts';
import { durationMillis } from './duration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { readConfiguration } from './read-config.ts';

describe('an anchor', () => {
  it.each([
    ['dir:/mnt/worm', { kind: 'directory', path: '/mnt/worm' }],
    ['https://anchor.example/log', { kind: 'https', url: 'https://anchor.example/log' }],
    [
      'https://anchor.example/log#bearer=/run/secrets/anchor',
      { kind: 'https', url: 'https://anchor.example/log', tokenFile: '/run/secrets/anchor' },
    ],
    [
      'witness+https://w.example/a/#w.example/a+1f2e3d4c+BA/+w==',
      { kind: 'witness', url: 'https://w.example/a', vkey: 'w.example/a+1f2e3d4c+BA/+w==' },
    ],
  ])('%s is understood', (text, target) => {
    expect(readAnchorTarget(text)).toEqual(target);
  });

  it.each([
    'dir:worm',
    'dir:',
    '/mnt/worm',
    'http://anchor.example/log',
    'https://user:secret@anchor.example/log',
    'https://anchor.example/log?sig=secret',
    'https://anchor.example/log#secret',
    'https://anchor.example/log#bearer=token',
    'https:///log#',
    'witness+https://w.example',
    'witness+http://w.example#w.example+1f2e3d4c+BA==',
    'ftp://anchor.example',
    '',
  ])('%s is refused', (text) => {
    expect(readAnchorTarget(text)).toBeUndefined();
  });

  it('may be named once only', () => {
    const variables = {
      AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
      AZURE_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
      INTERLOCK_CREDENTIAL: 'managed-identity',
      INTERLOCK_AUDIENCES: 'api://interlock',
      INTERLOCK_ANCHORS: 'dir:/worm, https://a.example/x, dir:/worm',
    };
    expect(() => readConfiguration(variables)).toThrow(ConfigurationError);
    expect(readConfiguration({ ...variables, INTERLOCK_ANCHORS: 'dir:/worm, dir:/other' }).config.anchors).toEqual({
      targets: [
        { kind: 'directory', path: '/worm' },
        { kind: 'directory', path: '/other' },
      ],
      everyMillis: 3_600_000,
    });
  });
});

describe('a duration', () => {
  it.each([
    ['PT1S', 1_000],
    ['PT90M', 5_400_000],
    ['P1D', 86_400_000],
    ['P1DT2H3M4S', 93_784_000],
  ])('%s is understood', (text, millis) => {
    expect(durationMillis(text)).toBe(millis);
  });

  it.each(['', 'P', 'PT', 'P1DT', '1H', 'PT1.5H', 'P1M', 'pt1h', 'PT1H ', '-PT1H', 'PT1M1H'])(
    '%s is refused',
    (text) => {
      expect(durationMillis(text)).toBeUndefined();
    },
  );
});
