import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/briefing/answer.ts';
import type { AnswerContext } from '../../src/briefing/context.ts';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import { withReading } from '../../src/briefing/sections/asked-name.ts';
import type { Answer } from '../../src/briefing/types.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { bundledKnowledgeBase } from '../data/bundled-records.ts';
import { textsIn } from '../helpers/reading.ts';

let context: AnswerContext;

beforeAll(() => {
  const knowledge = bundledKnowledgeBase().at('green');
  const indicators = { indicators: async () => [], indicatorsOf: async () => ({ total: 0, indicators: [] }) };
  const now = new Date('2026-01-01T00:00:00Z');
  context = { knowledge, index: createIndex(searchEntities(knowledge)), indicators, now };
});

function ask(text: string): Promise<Answer> {
  return answerQuestion(parseQuestion(text, context.index), text, context);
}

/** All text of an answer's card, a section a line. */
function said({ card }: Answer): string {
  return [card.title, ...card.sections.map((section) => textsIn(section).join(' '))].join('\n');
}

describe('answers about one thing', () => {
  it.each([
    ['is APT39 iranian', 'Yes: APT39 is attributed to Iran, as MITRE ATT&CK Enterprise, MISP galaxy record.'],
    ['does Turla target germany', 'Yes: Turla targets Germany, as MISP galaxy records.'],
    ['has FIN7 used cobalt strike', 'Yes: FIN7 uses Cobalt Strike, as MITRE ATT&CK Enterprise records.'],
    ['is chafer apt39', 'Yes: here “Chafer” and “APT39” lead to one entity, APT39.'],
    ['is CVE-2021-44228 exploited by APT41', 'Yes, through a campaign: C0017 exploits CVE-2021-44228'],
  ])('say yes to “%s” with who records it', async (text, words) => {
    const answer = await ask(text);

    expect(answer.outcome).toBe('answer');
    expect(said(answer)).toContain(words);
    expect(answer.facts.length).toBeGreaterThan(0);
    expect(answer.card.sources.length).toBeGreaterThan(0);
  });

  it.each([
    ['does APT29 target healthcare', 'No source here records that APT29 targets Healthcare.'],
    ['is APT39 russian', 'No source here records that APT39 is attributed to Russia.'],
    [
      'is wizard spider financially motivated',
      'No source here records that Wizard Spider has the motivation',
    ],
    ['does APT28 exploit CVE-2017-0144', 'No source here records that APT28 exploits CVE-2017-0144.'],
    ['is APT28 run by the GCHQ', 'No source here records that APT28 is sponsored by GCHQ.'],
  ])('say of “%s” that no source records it, and never no', async (text, words) => {
    const answer = await ask(text);

    expect(said(answer)).toContain(words);
    expect(said(answer)).not.toMatch(/^No[.,:]/m);
  });

  it('tell a sub-technique that is recorded where the technique is not', async () => {
    expect(said(await ask('does APT28 use T1566'))).toContain(
      'the use of Spearphishing Attachment (T1566.001)',
    );
  });

  it('give the number first, as many as the list has', async () => {
    const answer = await ask('how many tools does APT41 have');
    const [first, list] = answer.card.sections;

    const total = list === undefined || list.type !== 'list' ? 0 : (list.total ?? list.items.length);
    expect(first === undefined ? [] : textsIn(first).join('')).toContain(`${total} tools of APT41`);
  });

  it('tell whose reference a page is that no report holds as an indicator', async () => {
    const answer = await ask('https://www.us-cert.gov/ncas/alerts/TA18-201A');

    expect(answer.outcome).toBe('answer');
    expect(said(answer)).toMatch(/It is recorded as a reference[\s\S]*Emotet/);
    expect(answer.facts.length).toBeGreaterThan(0);
  });

  it('name all things of a text, actors first, also indicators, unknown CVE ids and what is denied', async () => {
    const text =
      'Nobelium, also UNC2452, used Cobalt Strike, T1566.001 and CVE-2099-11111 from evil[.]example[.]com. No link to APT28. Not Winnti.';
    const { card, outcome } = await ask(text);
    const list = card.sections.find(({ id }) => id === 'named');
    const items = list?.type === 'list' ? list.items : [];

    expect(outcome).toBe('ambiguous');
    expect(card.title).toBe('This text names 7 things');
    expect(items.map(({ text: parts }) => parts[0]?.text)).toEqual([
      'APT29',
      'APT28',
      'Winnti',
      'Cobalt Strike',
      'CVE-2099-11111',
      'Spearphishing Attachment (T1566.001)',
      'evil[.]example[.]com',
    ]);
    expect(items.filter(({ action }) => action !== undefined)).toHaveLength(4);
  });

  it('name every one of many names in a row', async () => {
    expect((await ask('apt28 mimikatz emotet turla trickbot fin7 wannacry')).card.title).toBe(
      'This text names 7 things',
    );
  });

  it('answer both of two aspects', async () => {
    const { card } = await ask('malware and tools of APT28');

    expect(card.title).toBe('APT28: malware and tools');
    expect(card.sections.map(({ id }) => id)).toEqual(['malware', 'tools']);
  });

  it('show of techniques only the tactic that was asked for, and of targets only the region', async () => {
    const techniques = await ask('persistence techniques of APT29');
    const regions = await ask('which european countries does APT28 target');

    expect(said(techniques)).not.toContain('Exfiltration');
    expect(said(regions)).toContain('Germany');
    expect(said(regions)).not.toContain('Afghanistan');
  });

  it.each([
    ['remix kiten', '“remix kiten” was read as “Remix Kitten”.'],
    ['Sandwrm', '“Sandwrm” was read as “Sandworm”.'],
    ['tools of remix kiten', '“remix kiten” was read as “Remix Kitten”.'],
  ])('tell how a misspelt name in “%s” was read', async (text, words) => {
    expect(said(await ask(text))).toContain(words);
  });

  it.each(['APT 39', 'apt-39', 'remix-kitten', 'lazarus', 'turla group', 'G0087', 'tools of Remix Kitten'])(
    'tell nothing of how “%s” was read',
    async (text) => {
      expect(said(await ask(text))).not.toContain('was read as');
    },
  );

  it('do not tell by which name a misspelt one was read where that name is not CLEAR', async () => {
    const { answers, card } = await ask('remix kiten');
    const entity = context.knowledge.entity(answers[0]?.id ?? '');
    if (entity === undefined || answers[0] === undefined) throw new Error('nothing was found');
    const names = entity.names.map((name) => ({
      ...name,
      claims: name.claims.map((claim) => ({
        ...claim,
        provenance: { ...claim.provenance, marking: 'amber' as const },
      })),
    }));
    const read = withReading({ ...card, sections: [] }, { ...entity, names }, answers[0]);

    expect(read.sections.flatMap(textsIn)).toEqual(['“remix kiten” was read as a name of APT39.']);
  });

  it('tell which words were not used', async () => {
    expect(said(await ask('techniques of APT28 in 2022'))).toContain('Not used of the question: “2022”.');
  });

  it('tell use of a malware from attribution, and what nobody is behind', async () => {
    expect(said(await ask('who did NotPetya'))).toContain('sources record its use by Sandworm Team');
    expect(said(await ask('who did the SolarWinds hack'))).toContain(
      'SolarWinds Compromise is attributed to APT29',
    );
    expect(said(await ask('who created Stuxnet'))).toContain('No source here says who is behind Stuxnet');
    expect(said(await ask('who did the Sony hack'))).toContain('nothing here says who did it');
    expect(said(await ask('who did the 2015 ukraine power grid attack'))).toContain(
      '2015 Ukraine Electric Power Attack',
    );
  });

  it('say of an unknown CVE which sources give such facts', async () => {
    const answer = await ask('who exploits CVE-2099-99999');

    expect(answer).toMatchObject({ outcome: 'not-found', answers: [], facts: [] });
    expect(said(answer)).toContain('threatbrief sources add kev');
  });

  it('tie actors to a known CVE, each with its source', async () => {
    const answer = await ask('CVE-2017-11882');

    expect(answer.answers.map(({ name }) => name)).toContain('APT32');
    expect(answer.facts.filter(({ predicate }) => predicate === 'exploits').length).toBeGreaterThan(5);
    for (const { sources } of answer.facts) expect(sources.length).toBeGreaterThan(0);
  });

  it('give ids with their pages, and relations with who states them', async () => {
    expect(said(await ask('mitre id of Turla'))).toContain('G0010 — MITRE ATT&CK Enterprise: Turla');
    const related = await ask('who is associated with FIN7');
    expect(said(related)).toContain('Carbanak');
    expect(related.facts.some(({ predicate }) => predicate === 'related-to')).toBe(true);
  });

  it('say how indicators come where none is recorded', async () => {
    expect(said(await ask('iocs of APT28'))).toContain('threatbrief ingest');
  });

  it('point to the publishers’ pages where defence is asked for', async () => {
    const { card } = await ask('mitigations for T1566');
    const pages = card.sections.find(({ id }) => id === 'pages');

    expect(JSON.stringify(pages)).toContain('https://attack.mitre.org/techniques/T1566');
  });
});
