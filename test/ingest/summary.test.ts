import { describe, expect, it } from 'vitest';
import { exitCodeOf, renderIngestSummary } from '../../src/ingest/summary.ts';
import { type FileReport, type IngestSummary, noCounts } from '../../src/ingest/types.ts';

const file = (fields: Partial<FileReport>): FileReport => ({
  place: 'a.json',
  status: 'imported',
  sources: [],
  ...noCounts,
  ...fields,
});
const summary = (fields: Partial<IngestSummary>): IngestSummary => ({
  dryRun: false,
  sources: [],
  files: [],
  rejections: [],
  notices: [],
  totals: noCounts,
  elapsedMs: 1234,
  ...fields,
});

describe('the summary of an import', () => {
  it('ends with 0, 1 when something was rejected, 3 when an address gave no answer', () => {
    expect(exitCodeOf(summary({ files: [file({ status: 'skipped' })] }))).toBe(0);
    expect(exitCodeOf(summary({ totals: { ...noCounts, rejected: 1 } }))).toBe(1);
    expect(exitCodeOf(summary({ files: [file({ status: 'unreachable' })] }))).toBe(3);
  });

  it('names sources, every skipped file with its reason, and rejected records last', () => {
    const text = renderIngestSummary(
      summary({
        sources: [{ name: 'acme', title: 'Acme', version: '2', ...noCounts, new: 3, rejected: 1 }],
        files: [
          file({}),
          file({ place: 'LICENSE', status: 'skipped', reason: 'nobody reads this; what is read: x' }),
          file({ place: 'a/LICENSE', status: 'skipped', reason: 'nobody reads this; what is read: x' }),
          file({ place: 'a/b.csv', status: 'skipped', reason: 'nobody reads this; what is read: x' }),
          file({ place: 'a/c.png', status: 'skipped', reason: 'binary' }),
        ],
        notices: [{ place: 'a.json', path: '', text: 'read as Latin-1' }],
        rejections: [{ place: 'a.json', path: 'objects[1]', reason: 'id: missing' }],
        totals: { ...noCounts, new: 3, rejected: 1 },
      }),
    );

    expect(text.split('\n')).toEqual([
      'source  release  new  changed  unchanged  withdrawn  older  rejected',
      'acme    2          3        0          0          0      0         1',
      '',
      'Notices (1):',
      '  a.json: read as Latin-1',
      '',
      'Skipped (3), nobody reads this; what is read: x:',
      '  LICENSE',
      '  a/ (2): LICENSE, b.csv',
      '',
      'Skipped (1), binary:',
      '  a/c.png',
      '',
      'Rejected (1):',
      '  a.json: objects[1]: id: missing',
      '',
      '1 of 5 files, 3 records (3 new, 1 rejected), in 1.2 s',
    ]);
  });

  it('sends no control characters to the terminal', () => {
    const reason = 'a\u001b[31mred\u202e';
    const text = renderIngestSummary(summary({ rejections: [{ place: 'x\ny', path: '', reason }] }));

    expect(text).toContain('x\ufffdy: a\ufffd[31mred\ufffd');
  });
});
