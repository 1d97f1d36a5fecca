import { describe, expect, it } from 'vitest';
import { checkInbound, isAllowedServiceUrl } from '../../../src/chat/teams/gate.ts';
import {
  publicOpenIdMetadataUrl,
  publicServiceHosts,
  type TeamsSettings,
} from '../../../src/chat/teams/settings.ts';

const settings: TeamsSettings = {
  appId: 'app-1',
  appPassword: 'x',
  tenantId: 'tenant-1',
  allowedTenants: [],
  allowedServiceHosts: publicServiceHosts,
  openIdMetadataUrl: publicOpenIdMetadataUrl,
  devNoAuth: false,
};
const now = new Date('2026-01-01T12:00:00Z');
const seconds = now.getTime() / 1000;
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const header = { alg: 'RS256', kid: 'key-1', typ: 'JWT' };
const claims = {
  iss: 'https://api.botframework.com',
  aud: 'app-1',
  exp: seconds + 600,
  nbf: seconds - 60,
  serviceurl: serviceUrl,
};
const activity = {
  type: 'message',
  channelId: 'msteams',
  serviceUrl,
  conversation: { id: 'room', tenantId: 'tenant-1' },
  channelData: { tenant: { id: 'tenant-1' } },
};

function bearer(changedClaims: object = {}, changedHeader: object = {}): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `Bearer ${part({ ...header, ...changedHeader })}.${part({ ...claims, ...changedClaims })}.c2ln`;
}

describe('checkInbound', () => {
  it.each<readonly [string, object]>([
    ['whose team is a text', { channelData: { ...activity.channelData, team: '<!channel>' } }],
    ['whose id is false', { id: false }],
    ['whose sender has a list for an id', { from: { id: '29:a', aadObjectId: [] } }],
    ['without a conversation', { conversation: undefined }],
    ['whose conversation no header can name', { conversation: { ...activity.conversation, id: 'a\u0000b' } }],
    ['whose conversation has an endless name', { conversation: { id: 'x'.repeat(20_000) } }],
  ])('takes an activity %s for none', (_, change) => {
    const verdict = checkInbound(bearer(), { ...activity, ...change }, settings, now);

    expect(verdict).toMatchObject({ kind: 'refuse', status: 400 });
  });

  it('lets a token pass that agrees with its activity', () => {
    expect(checkInbound(bearer(), activity, settings, now)).toEqual({ kind: 'pass', keyId: 'key-1' });
  });

  it.each([
    ['no token', undefined],
    ['a Basic header', 'Basic dXNlcjpwYXNz'],
    ['garbage', 'Bearer garbage'],
    ['three empty parts', 'Bearer ..'],
    ['a token of more than 8 KB', bearer({ filler: 'x'.repeat(9000) })],
    ['no exp', bearer({ exp: undefined })],
    ['an exp an hour ago', bearer({ exp: seconds - 3600 })],
    ['an nbf in an hour', bearer({ nbf: seconds + 3600 })],
    ['another issuer', bearer({ iss: 'https://sts.windows.net/tenant-1/' })],
    ['the issuer of the government cloud', bearer({ iss: 'https://api.botframework.us' })],
    ['another audience', bearer({ aud: 'app-2' })],
    ['an audience in a list', bearer({ aud: ['app-1'] })],
    ['another serviceurl', bearer({ serviceurl: 'https://smba.trafficmanager.net/amer/' })],
    ['no serviceurl', bearer({ serviceurl: undefined })],
    ['alg none', bearer({}, { alg: 'none' })],
    ['alg HS256', bearer({}, { alg: 'HS256' })],
    ['no key id', bearer({}, { kid: undefined })],
  ])('refuses %s with 401', (_what, authorization) => {
    expect(checkInbound(authorization, activity, settings, now)).toMatchObject({
      kind: 'refuse',
      status: 401,
    });
  });

  it.each([
    ['no serviceUrl', { ...activity, serviceUrl: undefined }],
    ['no channelId', { ...activity, channelId: undefined }],
    ['another channelId', { ...activity, channelId: 'emulator' }],
    ['a serviceUrl on another host', { ...activity, serviceUrl: 'https://evil.example/' }],
    ['a serviceUrl without TLS', { ...activity, serviceUrl: 'http://smba.trafficmanager.net/emea/' }],
  ])('refuses an activity with %s with 401, even when the token claims the same', (_what, changed) => {
    const verdict = checkInbound(bearer({ serviceurl: changed.serviceUrl }), changed, settings, now);

    expect(verdict).toMatchObject({ kind: 'refuse', status: 401 });
  });

  it.each([[null], ['text'], [[]], [{}], [{ type: 7 }], [{ type: '' }]])(
    'refuses the body %j with 400',
    (body) => {
      expect(checkInbound(bearer(), body, settings, now)).toMatchObject({ kind: 'refuse', status: 400 });
    },
  );

  it.each([
    ['another tenant', { ...activity, conversation: { id: 'room', tenantId: 'tenant-2' } }],
    ['two tenants of which one is allowed', { ...activity, channelData: { tenant: { id: 'tenant-2' } } }],
    ['no tenant', { ...activity, conversation: { id: 'room' }, channelData: {} }],
  ])('refuses %s with 403', (_what, changed) => {
    expect(checkInbound(bearer(), changed, settings, now)).toMatchObject({ kind: 'refuse', status: 403 });
  });

  it('takes the tenants that are named in place of its own', () => {
    const changed = {
      ...activity,
      conversation: { id: 'room', tenantId: 'TENANT-2' },
      channelData: undefined,
    };

    const verdict = checkInbound(bearer(), changed, { ...settings, allowedTenants: ['tenant-2'] }, now);

    expect(verdict.kind).toBe('pass');
  });

  it('wants the government issuer where the metadata is the government cloud', () => {
    const government = {
      ...settings,
      openIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    };

    expect(checkInbound(bearer({ iss: 'https://api.botframework.us' }), activity, government, now).kind).toBe(
      'pass',
    );
    expect(checkInbound(bearer(), activity, government, now).kind).toBe('refuse');
  });
});

describe('isAllowedServiceUrl', () => {
  it.each([
    ['https://smba.trafficmanager.net/de/', true],
    ['https://smba.trafficmanager.net.evil.example/', false],
    ['https://smba.trafficmanager.net@evil.example/', false],
    ['https://user:pass@smba.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net:8443/', false],
    ['ftp://smba.trafficmanager.net/', false],
    ['not a url', false],
  ])('tells for %s %s', (url, allowed) => {
    expect(isAllowedServiceUrl(url, settings)).toBe(allowed);
  });

  it('allows only loopback hosts to a development client', () => {
    const development = { ...settings, devNoAuth: true };

    expect(isAllowedServiceUrl('http://localhost:56150/_connector', development)).toBe(true);
    expect(isAllowedServiceUrl('http://192.0.2.7/', development)).toBe(false);
  });
});
