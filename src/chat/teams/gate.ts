import { z } from 'zod';
import type { TeamsSettings } from './settings.ts';
import { tokenIssuer } from './settings.ts';

/** What the gate says of one inbound request; `reason` is for the log and never for the sender. */
export type Verdict =
  | { readonly kind: 'pass'; readonly keyId: string | undefined }
  | { readonly kind: 'refuse'; readonly status: 400 | 401 | 403; readonly reason: string };

const maxTokenBytes = 8 * 1024;
/** Bot Framework allows five minutes between clocks. */
const clockSkewMs = 5 * 60 * 1000;

const text = z.string().nullish();
/** An id as it goes into addresses and headers of requests to Teams. */
const teamsId = z.string().regex(/^[\x21-\x7e]{1,1000}$/);
/** With the members that are read behind the gate, so that nothing there meets another type. */
const activitySchema = z.looseObject({
  type: z.string().min(1),
  id: teamsId.nullish(),
  channelId: z.string().optional(),
  serviceUrl: z.string().optional(),
  localTimezone: text,
  from: z.looseObject({ id: text, aadObjectId: text }).nullish(),
  conversation: z
    .looseObject({ id: teamsId, tenantId: z.string().optional(), conversationType: text })
    .optional(),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).nullish(),
      team: z.looseObject({ id: text }).nullish(),
      channel: z.looseObject({ type: text }).nullish(),
      source: z.looseObject({ name: text }).nullish(),
    })
    .nullish(),
});
type GateActivity = z.infer<typeof activitySchema>;

const headerSchema = z.looseObject({ alg: z.literal('RS256'), kid: z.string().min(1) });
const claimsSchema = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  serviceurl: z.string(),
});

/**
 * Decides before botbuilder sees a request whether it may. botbuilder checks the signature; alone it lets pass
 * tokens without an expiry, activities without a service address, other channels, and any tenant's tokens on its
 * emulator path, and it answers some with 500 and the reason (measured with botbuilder 4.23.3).
 *
 * 400: the body is no activity. 401: the token or what it must agree with is wrong. 403: a tenant that is not
 * allowed. Pure; `now` is the present.
 */
export function checkInbound(
  authorization: string | undefined,
  body: unknown,
  settings: TeamsSettings,
  now: Date,
): Verdict {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) return refuse(400, 'the body is no activity');
  const activity = parsed.data;
  // Only a link's preview can be asked for by nobody in particular, nowhere.
  if (activity.conversation === undefined && activity.type !== 'invoke') {
    return refuse(400, 'the activity has no conversation');
  }
  const addressed = checkAddress(activity, settings);
  if (addressed !== undefined) return addressed;
  if (settings.devNoAuth) return { kind: 'pass', keyId: undefined };
  const verdict = checkToken(authorization, activity, settings, now);
  if (verdict.kind === 'refuse') return verdict;
  return checkTenant(activity, settings) ?? verdict;
}

function refuse(status: 400 | 401 | 403, reason: string): Verdict {
  return { kind: 'refuse', status, reason };
}

function checkAddress(activity: GateActivity, settings: TeamsSettings): Verdict | undefined {
  if (!settings.devNoAuth && activity.channelId !== 'msteams')
    return refuse(401, 'the channel is not msteams');
  if (activity.serviceUrl === undefined) return refuse(401, 'the activity has no serviceUrl');
  if (!isAllowedServiceUrl(activity.serviceUrl, settings)) {
    return refuse(401, 'the serviceUrl is not on the list of allowed hosts');
  }
  return undefined;
}

/**
 * True when the bot may send to the address: https on a listed host; http only for a listed loopback host, or for
 * any loopback host with `devNoAuth`. Asked again before every send.
 */
export function isAllowedServiceUrl(serviceUrl: string, settings: TeamsSettings): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (url.username !== '' || url.password !== '') return false;
  const loopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  if (settings.devNoAuth && loopback) return url.protocol === 'http:' || url.protocol === 'https:';
  const listed = settings.allowedServiceHosts.some((host) => host.toLowerCase() === url.host);
  return listed && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback));
}

function checkToken(
  authorization: string | undefined,
  activity: GateActivity,
  settings: TeamsSettings,
  now: Date,
): Verdict {
  const token = bearerToken(authorization);
  if (token === undefined) return refuse(401, 'there is no Bearer token of at most 8 KB');
  const [head, payload] = token.split('.');
  const header = headerSchema.safeParse(decodePart(head));
  if (!header.success) return refuse(401, 'the token is not signed with RS256 by a named key');
  const claims = claimsSchema.safeParse(decodePart(payload));
  if (!claims.success) return refuse(401, 'the token lacks iss, aud, exp or serviceurl');
  const { iss, aud, exp, nbf, serviceurl } = claims.data;
  if (iss !== tokenIssuer(settings.openIdMetadataUrl)) return refuse(401, 'the token has another issuer');
  if (aud !== settings.appId) return refuse(401, 'the token is for another audience');
  if (exp * 1000 + clockSkewMs <= now.getTime()) return refuse(401, 'the token has expired');
  if (nbf !== undefined && nbf * 1000 - clockSkewMs > now.getTime())
    return refuse(401, 'the token is not valid yet');
  if (serviceurl !== activity.serviceUrl) return refuse(401, 'the token is for another serviceUrl');
  return { kind: 'pass', keyId: header.data.kid };
}

function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || Buffer.byteLength(authorization) > maxTokenBytes) return undefined;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1];
}

function decodePart(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** True for the tenants on the list; where none are named, for the bot's own; for any with `devNoAuth`. */
export function isAllowedTenant(tenantId: string, settings: TeamsSettings): boolean {
  if (settings.devNoAuth) return true;
  const allowed = settings.allowedTenants.length > 0 ? settings.allowedTenants : [settings.tenantId];
  return allowed.some((one) => one.toLowerCase() === tenantId.toLowerCase());
}

function checkTenant(activity: GateActivity, settings: TeamsSettings): Verdict | undefined {
  const tenants = [activity.conversation?.tenantId, activity.channelData?.tenant?.id].filter(
    (id) => id !== undefined,
  );
  const known = tenants.length > 0 && tenants.every((id) => isAllowedTenant(id, settings));
  return known ? undefined : refuse(403, 'the tenant is not on the list of allowed tenants');
}
