import { expect, it } from 'vitest';
import { cleanLines } from '../../src/cards/clean-text.ts';
import { defangAll } from '../../src/cards/defang-text.ts';
import { escapeMrkdwn } from '../../src/cards/slack/text.ts';
import { markdownText } from '../../src/cards/teams/text.ts';
import { csvCell } from '../../src/export/csv.ts';
import { markdownText as exportedText, yamlText } from '../../src/export/markdown-text.ts';
import { cleanQuestion, filterText, indicatorWords } from '../../src/questions/clean.ts';
import { spotIndicators } from '../../src/search/spot-indicators.ts';
import { htmlToText } from '../../src/sources/html-text.ts';
import { linksIn, withoutLinks } from '../../src/sources/markdown/links.ts';
import { sentencesOf } from '../../src/sources/prose/sentences.ts';
import { softwareInProse, softwareNames } from '../../src/sources/prose/software.ts';
import {
  exploitClaims,
  overlapClaims,
  sinceClaims,
  techniqueIdsIn,
} from '../../src/sources/prose/statements.ts';
import { targetClaims } from '../../src/sources/prose/targets.ts';
import { titleRef } from '../../src/sources/report-title.ts';
import { splitList } from '../../src/sources/split-list.ts';
import { patternValues } from '../../src/sources/stix/pattern.ts';
import { citationsIn, plainText } from '../../src/sources/stix/text.ts';
import { plainFeedText, plainTitle, shortText, titleOfText } from '../../src/sources/web-feed/text.ts';
import { createRedactor } from '../../src/support/secrets.ts';
import { terminalText } from '../../src/support/terminal-text.ts';
import { slowTexts } from './growth.ts';
import { units } from './units.ts';

it.each<[name: string, read: (text: string) => unknown]>([
  ['the redactor', createRedactor(['a-secret-word'])],
  ['patterns of STIX', patternValues],
  ['descriptions', plainText],
  ['citations', citationsIn],
  ['text of cards in Teams', (text) => markdownText([{ text }])],
  ['text of cards in Slack', escapeMrkdwn],
  ['text of cards in a terminal', (text) => terminalText(text, { colour: true })],
  ['what is left of a text', cleanLines],
  ['defanging', defangAll],
  ['exported Markdown', exportedText],
  ['exported front matter', yamlText],
  ['exported tables', csvCell],
  ['HTML', htmlToText],
  ['texts of feeds', (text) => plainFeedText({ text, form: 'loose' })],
  ['titles of feeds', (text) => plainTitle({ text, form: 'loose' })],
  ['titles made of a text', (text) => [shortText(text), titleOfText(text)]],
  ['titles of reports', titleRef],
  ['lists in one field', splitList],
  ['links in Markdown', (text) => [linksIn(text), withoutLinks(text)]],
  ['sentences', sentencesOf],
  ['software in prose', (text) => [softwareInProse(text), softwareNames(text)]],
  ['overlaps in prose', (text) => overlapClaims(text)],
  ['exploits in prose', (text) => exploitClaims(text)],
  ['years in prose', (text) => sinceClaims(text)],
  ['techniques in prose', techniqueIdsIn],
  ['targets in prose', (text) => targetClaims(text)],
  ['indicators in a text', spotIndicators],
  ['questions', (text) => [cleanQuestion(text), filterText(text), indicatorWords(text)]],
])(
  '%s: no long text takes time with its square',
  async (_, read) => {
    expect(await slowTexts(read, units)).toEqual([]);
  },
  180_000,
);
