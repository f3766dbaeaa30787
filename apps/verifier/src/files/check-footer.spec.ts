import { Report } from '../report/report.ts';
import { checkFooter, exportStatement } from './check-footer.ts';

const checkpoint = `log.example\n1\n${'A'.repeat(43)}=\n\n\u2014 log.example AAAAAAAA\n`;
const statement = { count: 2, query: { action: ['pause'] }, checkpoint };
const signed = (parts: typeof statement) => `${exportStatement(parts)}\n\u2014 log.example AAAAAAAA\n`;

function found(footer: Parameters<typeof checkFooter>[0], count: number): readonly string[] {
  const report = new Report();
  checkFooter(footer, count, undefined, report);
  return report.problems.map(({ code }) => code);
}

describe('the end of an export', () => {
  it('is about its count, query and checkpoint', () => {
    expect(exportStatement(statement)).toMatch(
      /^interlock\/export@v1\ncount 2\nquery {"action":\["pause"\]}\ncheckpoint [A-Za-z0-9+/]{43}=\n$/,
    );
    expect(found({ ...statement, signature: signed(statement) }, 2)).toEqual([]);
  });

  it.each([
    ['another count was signed', { ...statement, count: 3 }],
    ['another query was signed', { ...statement, query: { action: ['start'] } }],
    ['another checkpoint was signed', { ...statement, checkpoint: checkpoint.replace('\n1\n', '\n2\n') }],
  ])('is refused when %s', (_what, other) => {
    expect(found({ ...statement, signature: signed(other) }, 2)).toEqual(['footer']);
  });

  it('is refused when rows were left out', () => {
    expect(found({ ...statement, signature: signed(statement) }, 1)).toEqual(['count']);
  });
});
