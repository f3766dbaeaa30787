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

const destination = (disclosable: readonly string[]) =>
  z
    .strictObject({
      name: z
        .string()
        .max(60)
        .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters and digits, with "-" between words'),
      url: webUrl,
      secretFiles: z.array(z.string().min(1)).min(1).max(2),
      events: z.array(event).min(1),
      disclose: z.array(z.enum(disclosable)).min(1).exactOptional(),
      allowPrivate: z.boolean().exactOptional(),
      allowHttp: z.boolean().exactOptional(),
    })
    .refine(({ url, allowHttp }) => url.startsWith('https:') || allowHttp === true, {
      path: ['url'],
      error: 'must be https (on this machine alone also http, with allowHttp: true)',
    });

/** The file that names the destinations of alarms (docs/alarms.md). @param disclosable names of personal fields. */
export const alarmFileSchema = (disclosable: readonly string[]) =>
  z
    .strictObject({
      version: z.literal(1),
      ports: z.array(z.int().min(1).max(65_535)).min(1).exactOptional(),
      destinations: z.array(destination(disclosable)).max(20),
    })
    .superRefine(({ ports = [443], destinations }, context) => {
      for (const [index, { url, name }] of destinations.entries()) {
        const complain = (key: string, message: string): void => {
          context.addIssue({ code: 'custom', path: ['destinations', index, key], message });
        };
        if (URL.canParse(url) && !ports.includes(portOf(new URL(url))))
          complain('url', 'has a port that `ports` does not allow; without it only 443 is');
        if (destinations.findIndex((other) => other.name === name) < index) complain('name', 'is used twice');
      }
    });

/** A file whose every value can be read. */
export type AlarmFile = z.output<ReturnType<typeof alarmFileSchema>>;

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

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
