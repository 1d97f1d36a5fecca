import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { describe } from 'vitest';

const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** A suite that needs a real browser; skipped, and shown as skipped, where there is none. */
export function describeWithChromium(name: string, suite: () => void): void {
  const isThere = existsSync(path);
  describe.skipIf(!isThere)(isThere ? name : `${name} (no Chromium at ${path}; set CHROMIUM_PATH)`, suite);
}

/** Starts Chromium with a profile of its own and nothing that talks to anyone by itself. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
