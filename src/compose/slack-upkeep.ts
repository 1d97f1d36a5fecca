import type { SlackPlatform } from '../chat/slack/index.ts';
import type { TickTask } from '../schedule/task-runner.ts';
import type { ReadyPart } from '../server/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Metrics } from '../support/metrics.ts';

type Tended = Pick<SlackPlatform, 'tend' | 'installationFigures' | 'install'>;

/** The installations of a server, looked after once a minute. */
export interface SlackUpkeep {
  readonly task: TickTask;
  /** From here on it is looked after. */
  lookAfter(slack: Tended | undefined): void;
  /** For readiness; undefined where nobody installs the app. A broken installation makes nobody unready. */
  readyPart(): ReadyPart | undefined;
}

const everyMs = 55_000;

export function createSlackUpkeep({
  clock,
  metrics,
}: {
  readonly clock: Clock;
  readonly metrics: Metrics;
}): SlackUpkeep {
  let slack: Tended | undefined;
  let tendedAt: number | undefined;
  metrics.gauges(
    'threatbrief_slack_installations',
    'Slack workspaces and organisations that installed the app, by whether their tokens are of use.',
    () => {
      if (slack?.install === undefined) return [];
      const { working, broken } = slack.installationFigures();
      return [
        { labels: { state: 'working' }, value: working },
        { labels: { state: 'broken' }, value: broken },
      ];
    },
  );
  return {
    task: {
      name: 'look after Slack installations',
      run: async () => {
        const now = clock.now().getTime();
        if (slack === undefined || (tendedAt !== undefined && Math.abs(now - tendedAt) < everyMs)) return;
        tendedAt = now;
        await slack.tend();
      },
    },
    lookAfter: (platform) => {
      slack = platform;
    },
    readyPart: () => {
      if (slack?.install === undefined) return undefined;
      const { working, broken } = slack.installationFigures();
      const told = `${working} ${working === 1 ? 'installation' : 'installations'} in Slack`;
      if (broken === 0) return { ready: true, detail: told };
      return {
        ready: true,
        detail: `${told}, ${broken} more of no use until installed again; "threatbrief doctor" tells which`,
      };
    },
  };
}
