import { z } from 'zod';
import { type AlarmName, alarmNames } from './alarm-table.ts';
import type { Destination } from './destination.ts';

const webUrl = z
  .string()
  .max(2_000)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return (
      url !== undefined &&
      /^https?:$/.test(url.protocol) &&
      url.username === '' &&
      url.password === '' &&
      url.hash === ''
    );
  }, 'must be an https URL without user, password and fragment');

const event = z.enum(['*', ...alarmNames]);

const destination = z
  .strictObject({
    name: z
      .string()
      .max(60)
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters and digits, with "-" between words'),
    url: webUrl,
    secretFiles: z.array(z.string().min(1)).min(1).max(2),
    events: z.array(event).min(1),
    disclose: z.array(z.string().min(1).max(60)).min(1).exactOptional(),
    allowPrivate: z.boolean().exactOptional(),
    allowHttp: z.boolean().exactOptional(),
  })
  .refine(({ url, allowHttp }) => url.startsWith('https:') || allowHttp === true, {
    path: ['url'],
    error: 'must be https (on this machine alone also http, with allowHttp: true)',
  });

/** The file that names the destinations of alarms (docs/alarms.md). */
export const alarmFileSchema = z
  .strictObject({
    version: z.literal(1),
    ports: z.array(z.int().min(1).max(65_535)).min(1).exactOptional(),
    destinations: z.array(destination).max(20),
  })
  .superRefine(({ ports = [443], destinations }, context) => {
    for (const [index, { url, name }] of destinations.entries()) {
      const complain = (key: string, message: string): void => {
        context.addIssue({ code: 'custom', path: ['destinations', index, key], message });
      };
      if (!ports.includes(portOf(url)))
        complain('url', 'has a port that `ports` does not allow; without it only 443 is');
      if (destinations.findIndex((other) => other.name === name) < index) complain('name', 'is used twice');
    }
  });

/** A file whose every value can be read. */
export type AlarmFile = z.output<typeof alarmFileSchema>;

/** The destinations of a file. */
export function destinationsOf({ destinations }: AlarmFile): readonly Destination[] {
  return destinations.map(({ name, url, secretFiles, events, disclose = [], allowPrivate, allowHttp }) => ({
    name,
    url,
    secretFiles,
    events: events.includes('*') ? alarmNames : events.filter((one): one is AlarmName => one !== '*'),
    disclose,
    reach: allowHttp === true ? 'loopback' : allowPrivate === true ? 'private' : 'public',
  }));
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
