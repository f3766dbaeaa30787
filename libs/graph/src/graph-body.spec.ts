import fc from 'fast-check';
import { printable, readErrorCode, readJob, readJobPage } from './graph-body.ts';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const job = {
  '@odata.context': 'https://graph.example/$metadata',
  templateId: 'scim',
  id: 'scim.1',
  schedule: { state: 'Active', interval: 'PT40M', expiration: null },
  status: { code: 'SomethingNew', quarantine: null },
};

describe('readJob', () => {
  it('passes the job through as it came, with members and values that it does not know', () => {
    const read = readJob(bytes(job));
    expect(read).toEqual(job);
    expect(Object.keys(read ?? {})).toEqual(Object.keys(job));
  });

  it.each([
    ['an empty body', ''],
    ['HTML', '<!doctype html><p>Sign in</p>'],
    ['truncated JSON', JSON.stringify(job).slice(0, -5)],
    ['a list', [job]],
    ['null', null],
    ['no id', { ...job, id: undefined }],
    ['an id that cannot be addressed', { ...job, id: '../x' }],
    ['no schedule', { ...job, schedule: null }],
    ['a state that is a number', { ...job, schedule: { state: 2 } }],
    ['no status code', { ...job, status: {} }],
  ])('makes nothing of %s', (_what, body) => {
    expect(readJob(bytes(body))).toBeUndefined();
  });

  it.each(['broken_off', 'too_large'] as const)('makes nothing of a body that is %s', (body) => {
    expect(readJob(body)).toBeUndefined();
  });
});

describe('readJobPage', () => {
  it('reads jobs, context and next link', () => {
    const page = { '@odata.context': 'c', '@odata.nextLink': 'n', value: [job] };
    expect(readJobPage(bytes(page))).toEqual({ jobs: [job], context: 'c', nextLink: 'n' });
    expect(readJobPage(bytes({ value: [] }))).toEqual({ jobs: [] });
    expect(readJobPage(bytes({}))).toBeUndefined();
  });

  it('refuses the whole page when one entry is not a job', () => {
    expect(readJobPage(bytes({ value: [job, { id: 'x' }] }))).toBeUndefined();
  });
});

describe('readErrorCode', () => {
  it.each([
    [
      { error: { code: 'UnknownError', message: '', innerError: { code: 'Deeper', 'request-id': 'x' } } },
      'UnknownError',
    ],
    [{ error: { code: 'TooManyRequests', innererror: { innererror: {} } } }, 'TooManyRequests'],
    [{ error: { code: 'Line\r\nforged \u202e' + 'x'.repeat(200) } }, 'Lineforged ' + 'x'.repeat(89)],
    [{ error: { code: '' } }, undefined],
    [{ error: { code: 7 } }, undefined],
    [{ error: 'invalid_grant' }, undefined],
    [{}, undefined],
    ['', undefined],
    ['<html>503</html>', undefined],
    ['{"error":{"code":"Trunc', undefined],
    [{ error: { code: 'Huge', message: 'x'.repeat(70_000) } }, undefined],
  ])('reads %j as %j', (body, code) => {
    expect(readErrorCode(bytes(body))).toBe(code);
  });

  it('survives every body', () => {
    const anyBody = fc.oneof(fc.uint8Array(), fc.json().map(bytes));
    fc.assert(
      fc.property(anyBody, (body) => {
        expect(readErrorCode(Buffer.from(body))?.length ?? 0).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('printable', () => {
  it('leaves nothing that could forge a line or hide', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(printable(text) ?? '').toMatch(/^[\x20-\x7e]{0,100}$/);
      }),
    );
  });
});
