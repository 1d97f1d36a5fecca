import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import type { Question } from '../../src/questions/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { entities } from '../search/fixture.ts';

const index = createIndex(entities);

/** `about APT39 malware`, for tables. */
function told(question: Question): string {
  if (question.kind === 'about') return `about ${question.match.entity.name}, ${question.aspect}`;
  if (question.kind === 'choice')
    return `choice ${question.matches.map((match) => match.entity.name).join(' | ')}, ${question.aspect}`;
  if (question.kind === 'users-of') return `users of ${question.match.entity.name}`;
  if (question.kind === 'indicator') return `indicator ${question.value}`;
  if (question.kind === 'suggest')
    return `suggest ${question.suggestions.map((match) => match.entity.name).join(' | ')}`;
  return question.kind;
}

describe('parseQuestion', () => {
  it.each([
    'APT39',
    '/apt APT39',
    '/apt chafer',
    'apt 39',
    'remix kiten',
    'G0087',
    '<@U0123ABC> chafer',
    '<at>threatbrief</at> chafer',
    'who is chafer?',
    'Who is remix kiten',
    'whos chafer',
    'who dis chafer',
    'who the hell is chafer',
    "what's APT39",
    'what is APT 39?',
    'tell me about chafer',
    'tell me more about the chafer group, please',
    'can you please brief me on apt39, thanks',
    'hi, could you tell us about APT-39?',
    'give me a quick overview of chafer',
    'show me everything on remix kitten',
    'what do you know about chafer',
    'do you know anything about chafer?',
    'I would like to know more about chafer',
    'chafer profile',
    'chafer who is this',
    'is chafer a threat actor?',
    'ever heard of chafer',
    'info on chafer',
    'details on chafer',
    'look up chafer',
    'search for chafer',
    'what about chafer?',
    'we saw chafer in our logs last night',
    '*chafer*',
    '"who is chafer"',
  ])('takes %j for a question about the actor as a whole', (text) => {
    expect(told(parseQuestion(text, index))).toBe('about APT39, overview');
  });

  it.each([
    ['what malware does APT39 use', 'malware'],
    ['which malware does remix kiten use?', 'malware'],
    ['malware used by chafer', 'malware'],
    ['chafer malware', 'malware'],
    ["chafer's malware", 'malware'],
    ['what implants does chafer deploy', 'malware'],
    ['list all malware of chafer', 'malware'],
    ['what tools does chafer use', 'tools'],
    ['tools of apt39', 'tools'],
    ['which tools are used by apt39', 'tools'],
    ['what software does chafer use', 'software'],
    ['what does chafer use', 'software'],
    ['techniques of chafer', 'techniques'],
    ['ttps of apt39', 'techniques'],
    ['TTPs APT39', 'techniques'],
    ['apt39 ttps', 'techniques'],
    ['what are the ttps of chafer?', 'techniques'],
    ['what are chafer ttps', 'techniques'],
    ['how does chafer operate', 'techniques'],
    ['tactics, techniques and procedures of chafer', 'techniques'],
    ['aliases of chafer', 'aliases'],
    ['chafer aka', 'aliases'],
    ['aka chafer', 'aliases'],
    ['chafer also known as', 'aliases'],
    ['what is chafer also known as', 'aliases'],
    ['what other names does chafer have', 'aliases'],
    ['other names of apt39', 'aliases'],
    ['which sectors does chafer target', 'sectors'],
    ['sectors targeted by apt39', 'sectors'],
    ['who does chafer target', 'sectors'],
    ['what industries are targeted by chafer', 'sectors'],
    ['victims of chafer', 'sectors'],
    ['which countries does chafer target', 'regions'],
    ['what countries are targeted by chafer', 'regions'],
    ['where does chafer operate', 'regions'],
    ['which country is chafer from', 'attribution'],
    ['where is chafer from', 'attribution'],
    ['who is behind chafer', 'attribution'],
    ["who's behind chafer?", 'attribution'],
    ['who sponsors chafer', 'attribution'],
    ['attribution of chafer', 'attribution'],
    ['chafer origin', 'attribution'],
    ['why does chafer attack', 'motivation'],
    ['motivation of chafer', 'motivation'],
    ['what motivates chafer', 'motivation'],
    ['campaigns of chafer', 'campaigns'],
    ['what campaigns did chafer run', 'campaigns'],
    ['which reports mention chafer', 'reports'],
    ['reports on chafer', 'reports'],
    ['latest reports about chafer', 'reports'],
    ['links for chafer', 'references'],
    ['chafer references', 'references'],
    ['sources on chafer', 'references'],
  ])('takes %j for a question about its %s', (text, aspect) => {
    expect(told(parseQuestion(text, index))).toBe(`about APT39, ${aspect}`);
  });

  it.each([
    ['who uses mimikatz', 'users of Mimikatz'],
    ['who uses mimikats?', 'users of Mimikatz'],
    ['which actors use cobalt strike', 'users of Cobalt Strike'],
    ['which groups are using Cobalt Strike', 'users of Cobalt Strike'],
    ['groups using cobalt strike', 'users of Cobalt Strike'],
    ['threat actors that use mimikatz', 'users of Mimikatz'],
    ['list all actors that use T1566', 'users of Phishing'],
    ['what apts use t1566.001', 'users of Spearphishing Attachment'],
    ['who is known to use emotet', 'users of Emotet'],
    ['emotet is used by whom', 'users of Emotet'],
    ['users of emotet', 'users of Emotet'],
    ['who exploits CVE-2017-11882', 'users of CVE-2017-11882'],
    ['who exploited cve 2017 11882?', 'users of CVE-2017-11882'],
    ['who uses winnti', 'users of Winnti for Windows'],
    ['who uses carbanak', 'users of Carbanak'],
    ['who uses turla', 'users of Snake'],
    ['who uses chafer', 'about APT39, overview'],
  ])('takes %j for a question after users', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each([
    ['andariel', 'choice Andariel | Lazarus Group, overview'],
    ['who is andariel', 'choice Andariel | Lazarus Group, overview'],
    ['malware of andariel', 'choice Andariel | Lazarus Group, malware'],
    ['who is winnti', 'choice Winnti Group | APT41, overview'],
    ['who is snake', 'about Turla, overview'],
    ['what is snake', 'about Turla, overview'],
    ['which malware does snake use', 'about Turla, malware'],
  ])('lets the form of %j decide between owners, and asks where it does not', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['1[.]2[.]3[.]4', '1.2.3.4'],
    ['hxxp://evil[.]example/a?b=C', 'http://evil.example/a?b=C'],
    ['<http://evil.example|evil.example>', 'evil.example'],
    ['`44d88612fea8a8f36de82e1278abb02f`', '44d88612fea8a8f36de82e1278abb02f'],
    ['is evil[.]example known?', 'evil.example'],
    ['have we seen 44D88612FEA8A8F36DE82E1278ABB02F before', '44d88612fea8a8f36de82e1278abb02f'],
    ['what is 10.0.0.1', '10.0.0.1'],
    ['who uses 10.0.0.1', '10.0.0.1'],
    ['someone@evil.example', 'someone@evil.example'],
    ['2001:db8::1', '2001:db8::1'],
  ])('takes %j for an indicator', (text, value) => {
    expect(parseQuestion(text, index)).toMatchObject({ kind: 'indicator', value });
  });

  it('takes a name that has the form of a domain for the name', () => {
    expect(told(parseQuestion('TEMP.Veles', index))).toBe('about TEMP.Veles, overview');
  });

  it.each([
    ['what malware does APT39 use these days', 'about APT39, malware'],
    ['what techniques did chafer use in 2024', 'about APT39, techniques'],
    ['tell me about chafer in 2024', 'about APT39, overview'],
  ])('hears in %j what the words around the name ask for', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each(['who is', 'who uses', 'what are the', 'tell me about'])(
    'asks back where %j names nobody',
    (text) => {
      expect(['not-found', 'refused', 'help']).toContain(parseQuestion(text, index).kind);
    },
  );

  it('carries the namesakes of a found actor', () => {
    expect(parseQuestion('who is carbanak', index)).not.toHaveProperty('matches');
    expect(parseQuestion('carbanak', index)).toMatchObject({
      kind: 'about',
      alsoNamed: [{ entity: { type: 'malware' } }],
    });
  });

  it.each(['help', 'Help!', '?', 'what can you do', 'hi', 'how do I use this', 'commands'])(
    'takes %j for a call for help',
    (text) => {
      expect(parseQuestion(text, index)).toEqual({ kind: 'help' });
    },
  );

  it.each(['', '   ', '…', '<@U0123ABC>', '/apt', '\u200b'])('refuses %j as empty', (text) => {
    expect(parseQuestion(text, index).kind).toBe('refused');
  });

  it('refuses a text that is too long, saying how long it may be', () => {
    expect(parseQuestion('a'.repeat(8_001), index)).toEqual({
      kind: 'refused',
      reason: 'A question has at most 8,000 characters.',
    });
  });

  it.each([
    'printer',
    'what is the weather',
    'snake in the office',
    'who uses the blue car',
    'tell me a joke',
    'what malware does the coffee machine use',
    'APT399',
    'who is apt 399',
    'which groups use T1566.999',
  ])('answers nothing to %j', (text) => {
    expect(['suggest', 'not-found', 'unknown-id']).toContain(parseQuestion(text, index).kind);
  });

  it.each(['what malware does FIN77 use', 'malware of FIN77', 'which malware does FIN77 deploy'])(
    'says of %j that the name is unknown, and offers no technique called Malware',
    (text) => {
      expect(parseQuestion(text, index)).toEqual({ kind: 'not-found', text: 'FIN77' });
    },
  );

  it('offers near names', () => {
    expect(told(parseQuestion('who is atp39', index))).toBe('suggest APT39');
  });

  it('stays quick on texts that make patterns try again and again', () => {
    const started = performance.now();
    for (const text of [
      'what '.repeat(60),
      'tell me about the '.repeat(16),
      'a '.repeat(4_000),
      '<'.repeat(8_000),
      `who uses ${'x'.repeat(290)}`,
      '"'.repeat(8_000),
      ' '.repeat(8_000),
      '[.]'.repeat(2_600),
    ]) {
      parseQuestion(text, index);
    }

    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
