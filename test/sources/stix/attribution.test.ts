import { describe, expect, it } from 'vitest';
import { attributionInProse } from '../../../src/sources/stix/attribution.ts';

const country = (text: string): string | undefined =>
  attributionInProse(text, ['Tin Fox', 'Foil Fox'])?.country;

describe('attribution in a description', () => {
  it.each([
    ['Tin Fox is a suspected Iranian threat group.', 'IR', 'suspected Iranian'],
    ['Tin Fox is a North Korean state-sponsored threat group.', 'KP', 'North Korean state-sponsored'],
    ['Tin Fox is a North Korea\u2013aligned group active since 2023.', 'KP', 'North Korea\u2013aligned'],
    [
      "Tin Fox is a People's Republic of China (PRC) state-sponsored actor.",
      'CN',
      "People's Republic of China",
    ],
    ['Tin Fox is a T\u00fcrkiye-linked threat actor active since 2017.', 'TR', 'T\u00fcrkiye-linked'],
    [
      "Tin Fox is a group that has been attributed to Russia's Federal Security Service (FSB).",
      'RU',
      "attributed to Russia's Federal Security Service (FSB)",
    ],
    ['The Tin Fox group is believed to operate out of Vietnam.', 'VN', 'operate out of Vietnam'],
    ['Foil Fox is a group with likely Chinese origins.', 'CN', 'with likely Chinese origins'],
    ['Tin Fox is a group that appears to operate from the Guandong Province of China.', 'CN', undefined],
    ['Tin Fox is a criminal group that is likely based in Brazil and hits banks.', 'BR', undefined],
  ])('%s', (text, code, words) => {
    const found = attributionInProse(text, ['Tin Fox', 'Foil Fox']);

    expect(found).toMatchObject({
      country: code,
      quote: text,
      ...(words === undefined ? {} : { text: words }),
    });
  });

  it.each([
    'Tin Fox is a Russian-speaking cyber espionage group.',
    'Tin Fox is a native English-speaking criminal group.',
    'Tin Fox is a suspected South America espionage group.',
    'Tin Fox is a threat group that has targeted Iran and China.',
    'Tin Fox is a group that works against organizations based in Singapore.',
    'Tin Fox is a group linked to Russian and Belorussian interests.',
    'Tin Fox is a threat group that has not been attributed to China.',
    'Wood Owl is an Iranian threat group. Tin Fox copies it.',
    'Tin Fox is a threat group. Wood Owl, a suspected Chinese group, resembles it.',
    'Tin Fox is an unattributed threat group.',
    '',
  ])('nothing from: %s', (text) => {
    expect(country(text)).toBeUndefined();
  });
});
