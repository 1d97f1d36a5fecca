import type { Destination } from '../../domain/subscription.ts';

/** A destination as Slack's methods name it. */
export interface SlackTarget {
  /** Undefined where the destination names no workspace, as one typed by an operator may. */
  readonly teamId: string | undefined;
  /** A channel, a group or a direct conversation, or a person, whose conversation is to be opened first. */
  readonly id: string;
  readonly isPerson: boolean;
}

const idPattern = /^[A-Z][A-Z0-9]{1,40}$/;

/**
 * Reads a destination: `team/channel` as a place's id has it (a thread behind it is left out), `team/person` as a
 * person's id, or the bare id that an operator copied. Undefined when there is no id of Slack's in it.
 */
export function toSlackTarget({ workspace, id }: Destination): SlackTarget | undefined {
  const [first = '', second] = id.split('/');
  const target = second ?? first;
  if (!idPattern.test(target) || !/^[CGDUW]/.test(target)) return undefined;
  const teamId = second === undefined ? teamOfWorkspace(workspace) : first;
  return { teamId: teamId || undefined, id: target, isPerson: /^[UW]/.test(target) };
}

function teamOfWorkspace(workspace: string): string | undefined {
  return /^slack:([A-Z][A-Z0-9]{1,40})$/.exec(workspace)?.[1];
}
