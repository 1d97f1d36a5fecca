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

  it('names sources, rejected records and skipped files', () => {
    const text = renderIngestSummary(
      summary({
        sources: [{ name: 'acme', title: 'Acme', version: '2', ...noCounts, new: 3, rejected: 1 }],
        files: [
          file({}),
          file({ place: 'LICENSE', status: 'skipped', reason: 'no importer reads this; what is read: x' }),
        ],
        rejections: [{ place: 'a.json', path: 'objects[1]', reason: 'id: missing' }],
        totals: { ...noCounts, new: 3, rejected: 1 },
      }),
    );

    expect(text.split('\n')).toEqual([
      'source  release  new  changed  unchanged  withdrawn  older  rejected',
      'acme    2          3        0          0          0      0         1',
      '',
      'Rejected (1):',
      '  a.json: objects[1]: id: missing',
      '',
      'Skipped (1):',
      '  LICENSE: no importer reads this',
      '',
      '1 of 2 files, 3 records (3 new, 1 rejected), in 1.2 s',
    ]);
  });

  it('sends no control characters to the terminal', () => {
    const reason = 'a\u001b[31mred\u202e';
    const text = renderIngestSummary(summary({ rejections: [{ place: 'x\ny', path: '', reason }] }));

    expect(text).toContain('x\ufffdy: a\ufffd[31mred\ufffd');
  });
});
