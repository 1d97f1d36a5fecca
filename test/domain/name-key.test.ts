import { describe, expect, it } from 'vitest';
import { parseAttackId } from '../../src/domain/name-key.ts';

describe('parseAttackId', () => {
  it.each(['G0087', 's0073', ' T1566.001 ', 'C0001', 'TA0001', 'TA0111', 'M1036'])('reads %j', (text) => {
    expect(parseAttackId(text)).toBe(text.trim().toUpperCase());
  });

  it.each(['TA4557', 'TA2721', 'TA505', 'G087', 'T15661'])('takes %j for a name', (text) => {
    expect(parseAttackId(text)).toBeUndefined();
  });
});
