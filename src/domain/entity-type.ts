/**
 * The kinds of entity, in STIX 2.1's words. MISP's and other producers' "threat actor" is an `intrusion-set`
 * here: what teams call an actor is the set of activity that carries a name.
 */
export const entityTypes = [
  'intrusion-set',
  'malware',
  'tool',
  'attack-pattern',
  'campaign',
  'vulnerability',
  'report',
  'indicator',
] as const;

export type EntityType = (typeof entityTypes)[number];

/** ATT&CK's words, as people read them. */
export const entityTypeLabels: Readonly<Record<EntityType, { one: string; many: string }>> = {
  'intrusion-set': { one: 'Actor', many: 'Actors' },
  malware: { one: 'Malware', many: 'Malware' },
  tool: { one: 'Tool', many: 'Tools' },
  'attack-pattern': { one: 'Technique', many: 'Techniques' },
  campaign: { one: 'Campaign', many: 'Campaigns' },
  vulnerability: { one: 'Vulnerability', many: 'Vulnerabilities' },
  report: { one: 'Report', many: 'Reports' },
  indicator: { one: 'Indicator', many: 'Indicators' },
};

export function isEntityType(text: string): text is EntityType {
  return (entityTypes as readonly string[]).includes(text);
}
