import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/chat/slack/compose.ts';
import type { Reply } from '../../../src/chat/types.ts';
import { renderReply } from '../../../src/playground/render-reply.ts';
import { silentLog } from '../../../src/support/log.ts';
import { sampleCard } from '../../helpers/sample-card.ts';

const amber: Reply = { card: { ...sampleCard, marking: 'amber', title: 'Amber heron' }, audience: 'asker' };

describe('an answer that was composed for what a workspace chose', () => {
  it.each([
    [amber, false],
    [{ ...amber, ceiling: 'amber' }, true],
    [{ ...amber, ceiling: 'clear' }, false],
  ] satisfies readonly (readonly [Reply, boolean])[])(
    'is shown as far as that goes',
    async (reply, isShown) => {
      const { message } = await compose({ log: silentLog }, 'green', async () => reply);

      expect(JSON.stringify(message).includes('Amber heron')).toBe(isShown);
      expect(JSON.stringify(renderReply(reply, 'green', 0)).includes('Amber heron')).toBe(isShown);
    },
  );
});
