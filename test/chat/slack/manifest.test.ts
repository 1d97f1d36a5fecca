import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { manifestLimits, slackManifest } from '../../../src/chat/slack/manifest.ts';
import * as surface from '../../../src/chat/slack/surface.ts';

const { botScopes, linkScopes } = surface;

const http = slackManifest({ socketMode: false, url: 'https://threatbrief.example.org/' });
const socket = slackManifest({ socketMode: true });

describe('slackManifest', () => {
  it('is what manifest.json holds, for Socket Mode', () => {
    const file = readFileSync(new URL('../../../manifest.json', import.meta.url), 'utf8');

    expect(JSON.parse(file)).toEqual(socket);
  });

  it('sends commands, events and presses to one address', () => {
    const address = 'https://threatbrief.example.org/slack/events';

    expect(http.features.slash_commands[0]?.url).toBe(address);
    expect(http.settings.event_subscriptions.request_url).toBe(address);
    expect(http.settings.interactivity.request_url).toBe(address);
    expect(http.settings.socket_mode_enabled).toBe(false);
  });

  it('names no address in Socket Mode', () => {
    expect(JSON.stringify(socket)).not.toContain('http');
    expect(socket.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
  });

  it('refuses to be made without an address', () => {
    expect(() => slackManifest({ socketMode: false })).toThrow(/--url/);
    expect(() => slackManifest({ socketMode: false, url: 'nowhere' })).toThrow(/--url/);
  });

  it('asks for the permissions and events that the code uses, and no other', () => {
    expect(http.oauth_config.scopes.bot).toEqual(Object.keys(botScopes));
    expect(http.settings.event_subscriptions.bot_events).toEqual(
      [
        ...surface.questionEvents,
        ...surface.assistantEvents,
        ...surface.homeEvents,
        ...surface.readersChangedEvents,
        ...surface.placeEvents,
        ...surface.removedEvents,
        ...surface.linkEvents,
      ].sort(),
    );
    expect(Object.values(botScopes).every((uses) => uses.length > 0)).toBe(true);
  });

  it('asks for links only where there is an address that they could name', () => {
    const socketWithUrl = slackManifest({ socketMode: true, url: 'https://tb.example.org:8443/intel' });

    expect(http.features.unfurl_domains).toEqual(['threatbrief.example.org']);
    expect(socketWithUrl.features.unfurl_domains).toEqual(['tb.example.org']);
    expect(socketWithUrl.oauth_config.scopes.bot).toEqual(Object.keys(botScopes));
    expect(JSON.stringify(socket)).not.toMatch(/unfurl|link_shared|links:/);
    expect(linkScopes.every((scope) => Object.hasOwn(botScopes, scope))).toBe(true);
  });

  it('shows the pane and the home tab', () => {
    expect(socket.features.assistant_view.suggested_prompts.length).toBeGreaterThan(0);
    expect(socket.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
  });

  it('offers both shortcuts, and an address at which Slack asks what a search field offers', () => {
    const { request_url, message_menu_options_url } = http.settings.interactivity;

    expect(message_menu_options_url).toBe(request_url);
    expect(socket.settings.interactivity).toEqual({ is_enabled: true });
    expect(http.features.shortcuts.map(({ name, type }) => `${type}: ${name}`)).toEqual([
      'global: Look up an actor',
      'message: Brief me on this message',
    ]);
    for (const { name, description, callback_id } of http.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(manifestLimits.shortcutNameChars);
      expect(description.length).toBeLessThanOrEqual(manifestLimits.shortcutDescriptionChars);
      expect(callback_id.length).toBeLessThanOrEqual(manifestLimits.callbackIdChars);
    }
  });

  it("keeps to Slack's limits", () => {
    for (const { display_information, features, oauth_config, settings } of [http, socket]) {
      const [command] = features.slash_commands;
      expect(display_information.name.length).toBeLessThanOrEqual(manifestLimits.nameChars);
      expect(display_information.description.length).toBeLessThanOrEqual(manifestLimits.descriptionChars);
      expect(display_information.long_description.length).toBeGreaterThanOrEqual(
        manifestLimits.longDescriptionMinChars,
      );
      expect(display_information.long_description.length).toBeLessThanOrEqual(
        manifestLimits.longDescriptionChars,
      );
      expect(display_information.background_color).toMatch(/^#[0-9a-f]{6}$/);
      expect(features.assistant_view.assistant_description.length).toBeLessThanOrEqual(
        manifestLimits.assistantDescriptionChars,
      );
      expect(features.assistant_view.suggested_prompts.length).toBeLessThanOrEqual(
        manifestLimits.suggestedPrompts,
      );
      expect(features.unfurl_domains?.length ?? 0).toBeLessThanOrEqual(manifestLimits.unfurlDomains);
      expect(features.bot_user.display_name.length).toBeLessThanOrEqual(manifestLimits.displayNameChars);
      expect(command?.command).toMatch(/^\/[a-z]{1,31}$/);
      expect(command?.description.length).toBeLessThanOrEqual(manifestLimits.commandDescriptionChars);
      expect(command?.usage_hint.length).toBeLessThanOrEqual(manifestLimits.usageHintChars);
      expect(oauth_config.scopes.bot.length).toBeLessThanOrEqual(manifestLimits.scopes);
      expect(settings.event_subscriptions.bot_events.length).toBeLessThanOrEqual(manifestLimits.botEvents);
    }
  });
});
