/** What a question is to be understood as. */
export interface LabelledQuestion {
  readonly text: string;
  /** The kind of question, with the aspect, mode or topic that was meant behind a colon: `about:tools`. */
  readonly intent: string;
  /** Main names of the entities that are meant, in order; absent for none. */
  readonly about?: readonly string[];
  /** The value that is looked up. */
  readonly value?: string;
  /** Whom the conversation spoke of before, and in which words: `techniques of {}`. */
  readonly after?: { readonly entity: string; readonly form: string };
}

const apt39 = ['APT39'];
const apt28 = ['APT28'];
const turla = ['Turla'];

function each(
  intent: string,
  about: readonly string[],
  texts: readonly string[],
): readonly LabelledQuestion[] {
  return texts.map((text) => ({ text, intent, about }));
}

function follows(
  form: string,
  intent: string,
  about: readonly string[],
  texts: readonly string[],
): readonly LabelledQuestion[] {
  return texts.map((text) => ({ text, intent, about, after: { entity: 'APT39', form } }));
}

function bare(intent: string, texts: readonly string[]): readonly LabelledQuestion[] {
  return texts.map((text) => ({ text, intent }));
}

function values(pairs: readonly (readonly [string, string])[]): readonly LabelledQuestion[] {
  return pairs.map(([text, value]) => ({ text, intent: 'indicator', value }));
}

/** Questions with what is meant, by hand, on the data that come with the product. */
export const labelledQuestions: readonly LabelledQuestion[] = [
  ...each('about:overview', apt39, [
    'APT39',
    'who is apt 39?',
    'who dis chafer',
    'who the hell is remix kitten',
    'tell me more about Chafer',
    'could you please brief me on APT-39, thanks',
    "what's chafer",
    'who is remix kiten',
    'info on G0087',
    'hey there, can you give me a quick overview of apt39?',
    'do you know anything about chafer',
    'chafer profile',
  ]),
  ...each('about:techniques', apt39, [
    'ttps of apt39',
    'TTPs APT39',
    'what are the techniques used by chafer',
    'how does Chafer operate?',
    'please list all techniques of remix kitten',
    'which tactics, techniques and procedures does APT39 use',
    'modus operandi of chafer',
  ]),
  ...each('about:malware', apt28, [
    'what malware does APT28 use',
    'malware used by fancy bear',
    'which implants does Sofacy deploy?',
    "fancy bear's malware",
    'list the backdoors of apt28',
  ]),
  ...each('about:tools', turla, [
    'tools of Turla',
    'which tools does turla use',
    'turla tools please',
    'what tools are used by Venomous Bear',
  ]),
  ...each('about:aliases', apt28, [
    'aliases of APT28',
    'apt28 aka',
    'aka apt28',
    'what is fancy bear also known as',
    'other names of Sofacy',
    'what other names does APT28 have?',
    'names of APT28',
  ]),
  ...each('about:sectors', apt39, [
    'which sectors does APT39 target',
    'who does chafer target?',
    'victims of apt39',
    'industries targeted by Remix Kitten',
  ]),
  ...each('about:regions', apt39, [
    'which countries does APT39 target',
    'what countries are targeted by chafer',
  ]),
  ...each('about:attribution', apt39, [
    'where is APT39 from',
    'who is behind chafer',
    'which country is remix kitten from?',
    'attribution of APT39',
    'who sponsors chafer',
  ]),
  ...each('about:motivation', apt39, ['motivation of chafer', 'what motivates APT39']),
  ...each(
    'about:campaigns',
    ['Sandworm Team'],
    ['campaigns of Sandworm Team', 'what campaigns did Sandworm run'],
  ),
  ...each('about:reports', apt39, [
    'reports on APT39',
    'which reports mention chafer',
    'latest reports about remix kitten',
  ]),
  ...each(
    'users-of',
    ['Mimikatz'],
    ['who uses mimikatz', 'which actors use Mimikatz?', 'users of mimikats', 'mimikatz is used by whom'],
  ),
  ...each(
    'users-of',
    ['Cobalt Strike'],
    ['groups using cobalt strike', 'which apts are using Cobalt Strike'],
  ),
  ...each('news', apt39, [
    'what is new on APT39',
    'anything new about chafer since January',
    'what changed for Remix Kitten in the last 30 days',
    'news on APT39 since 2025-01-01',
    'any updates on chafer?',
    "what's new with remix kiten",
    'has anything changed about APT39 since last week',
    'recent changes to APT39',
    'show me what is new about G0087 please',
  ]),
  ...each('news', turla, [
    'latest on Turla',
    'turla news',
    'what have we learned about turla this year',
    'Turla updates since 2024',
  ]),
  ...bare('news', [
    "what's new",
    'what is new today',
    'any news?',
    'what changed since yesterday',
    'what changed in the last 7 days',
    'anything new this week',
  ]),
  ...each('who-calls', apt39, [
    'who calls APT39 Chafer',
    'which vendor calls APT39 Remix Kitten',
    'who calls chafer what',
    'what does CrowdStrike call APT39',
    'who coined Remix Kitten',
    'what do vendors call APT39?',
    'how does Microsoft call chafer',
    'what does palo alto call G0087',
    'vendor names of APT39',
    'which vendors call APT39 ITG07',
  ]),
  ...each('who-calls', turla, [
    'CrowdStrike name for Turla',
    "what is Microsoft's name for Turla?",
    'names of Turla by vendor',
    'Turla vendor names',
    'what names do vendors use for Turla',
    'secureworks alias for turla',
  ]),
  ...each('activity', apt28, [
    'when was APT28 founded',
    'since when is Fancy Bear active',
    'is apt28 still active?',
    'when was sofacy first seen',
    'how long has APT28 been around',
  ]),
  ...values([
    ['is 8.8.8.8 malicious?', '8.8.8.8'],
    ['have we seen hxxp://evil[.]example/x', 'http://evil.example/x'],
    ['1[.]2[.]3[.]4', '1.2.3.4'],
    ['is evil[.]example known?', 'evil.example'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['any hits on 44D88612FEA8A8F36DE82E1278ABB02F', '44d88612fea8a8f36de82e1278abb02f'],
    ['lookup da39a3ee5e6b4b0d3255bfef95601890afd80709 please', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['2001:db8::1', '2001:db8::1'],
    ['spy[@]evil[.]example', 'spy@evil.example'],
    ['have we seen invoice.pdf.exe?', 'invoice.pdf.exe'],
    ['should we worry about 203.0.113.7:8080', '203.0.113.7'],
    ['evil[.]example/login', 'http://evil.example/login'],
    ['have we seen the file “my invoice.docm”', 'my invoice.docm'],
  ]),
  ...bare('indicators', [
    'check these: 1.2.3.4, evil[.]example 44d88612fea8a8f36de82e1278abb02f',
    '1.2.3.4 5.6.7.8',
    'have we seen 1.2.3.4 or hxxps://evil.example/a?',
    'are any of these known: a.example; b.example; c.example',
  ]),
  ...follows('{}', 'about:tools', apt39, [
    'and its tools?',
    'tools?',
    'what tools do they use',
    'which tools does this group use?',
  ]),
  ...follows('{}', 'about:techniques', apt39, [
    'what about techniques',
    'ttps?',
    'and their ttps',
    'how do they operate',
  ]),
  ...follows('{}', 'about:aliases', apt39, ['aliases?', 'any other names?', 'that actor’s aliases']),
  ...follows('{}', 'about:sectors', apt39, [
    'who do they target',
    'which sectors do they target?',
    'their targets',
  ]),
  ...follows('{}', 'about:attribution', apt39, ['where are they from', 'who is behind it?']),
  ...follows('{}', 'about:overview', apt39, ['tell me more', 'more info about them', 'who are they']),
  ...follows('techniques of {}', 'about:techniques', apt28, [
    'and APT28?',
    'what about fancy bear',
    'same for sofacy',
  ]),
  ...follows('what is new on {}', 'news', apt28, ['and APT28?']),
  ...follows('{}', 'news', apt39, ["what's new on them", 'anything new about this actor since January']),
  ...follows('{}', 'who-calls', apt39, ['what does Microsoft call them']),
  ...follows('{}', 'activity', apt39, ['since when are they active']),
  ...follows('{}', 'compare:compare', ['APT39', 'APT28'], ['compare with APT28', 'compare it to fancy bear']),
  ...follows('{}', 'unanswerable:defence', apt39, ['how do I block them?']),
  ...bare('follow-up', [
    'and its tools?',
    'aliases?',
    'what do they use',
    'which sectors do they target',
    'tell me more',
  ]),
  ...each(
    'compare:compare',
    ['APT28', 'APT29'],
    ['compare APT28 and APT29', 'APT28 vs APT29', 'difference between fancy bear and cozy bear'],
  ),
  ...each('compare:links', ['APT28', 'APT29'], ['links between APT28 and APT29', 'is APT28 linked to APT29']),
  ...each('compare:common', ['APT28', 'APT29'], ['what do APT28 and APT29 have in common']),
  ...bare('list', [
    'iran telecom',
    'groups using cobalt strike against banks in europe',
    'country:iran sector:telecom',
    'actors from iran',
    'who targets telecom in germany',
    'which groups from north korea target banks',
  ]),
  ...bare('help', ['help', 'what can you do', 'how do I use this?', 'hi']),
  ...bare('unanswerable:incident', [
    'who hacked sony',
    'who was behind the twitter hack?',
    'which group breached acme corp',
  ]),
  ...each('unanswerable:prediction', apt39, [
    'is APT39 going to attack us',
    'what will chafer do next',
    'predict the next target of APT39',
  ]),
  ...each('unanswerable:defence', apt28, [
    'how do I block APT28',
    'how can we defend against fancy bear?',
    'sigma rules for sofacy',
  ]),
  ...each(
    'unanswerable:person',
    ['Lazarus Group'],
    ['who is the leader of Lazarus Group', 'phone number of lazarus group', 'members of Lazarus Group'],
  ),
  ...bare('unanswerable:samples', [
    'attribute this malware to a group',
    'can you analyse this sample',
    'who wrote this malware',
  ]),
  ...each('unanswerable:number', apt28, [
    'how many members does APT28 have',
    'how many victims does fancy bear have',
  ]),
  ...each('unanswerable:opinion', apt28, ['how dangerous is APT28', 'should we worry about Fancy Bear']),
  ...bare('unanswerable:world', ['what is the capital of France', 'who is the president of the moon']),
  ...bare('none', [
    'what is the weather',
    'tell me a joke',
    'printer',
    'is it going to rain',
    'the meeting starts at ten',
    'thanks',
    'it is broken',
  ]),
];
