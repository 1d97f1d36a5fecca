/** What the value of an attribute is for a briefing. */
export type AttributeKind =
  /** It can be looked for on a system or in traffic. */
  | 'indicator'
  /** The address of a page about it. */
  | 'reference'
  | 'vulnerability'
  /** The name of an actor or a campaign. */
  | 'actor'
  | 'campaign'
  /** Where those live whom it was aimed at. */
  | 'target-place'
  | 'prose'
  /** A person, or a victim: not kept. */
  | 'personal'
  /** It describes something and identifies nothing. */
  | 'detail';

/** MISP's attribute types that are no indicators, by what they are. */
const kinds: Readonly<Record<string, AttributeKind>> = {
  link: 'reference',
  vulnerability: 'vulnerability',
  'threat-actor': 'actor',
  'campaign-name': 'campaign',
  'campaign-id': 'campaign',
  'target-location': 'target-place',
  text: 'prose',
  comment: 'prose',
  ...tabled(
    'personal',
    `first-name middle-name last-name full-name date-of-birth place-of-birth gender passport-number
    passport-country passport-expiration redress-number nationality visa-number issue-date-of-the-visa
    primary-residence country-of-residence special-service-request frequent-flyer-number travel-details
    payment-details place-port-of-original-embarkation place-port-of-clearance
    place-port-of-onward-foreign-destination passenger-name-record-locator-number identity-card-number
    target-user target-email target-machine target-org target-external whois-registrant-name
    whois-registrant-phone cc-number email-dst-display-name email-body email-header eppn pgp-private-key`,
  ),
  ...tabled(
    'detail',
    `attachment boolean counter cpe datetime float hex integer mime-type port size-in-bytes anonymised cortex
    gene http-method malware-type process-state weakness whois-creation-date whois-registrar
    whois-registrant-org pgp-public-key favicon`,
  ),
};

/** Objects about people and victims: of a victim only sectors and places are read. */
const personalObjects = new Set(
  `person identity employee passport credential victim corporate-asset organization legal-entity target-system
  shadow-attribute user-account leaked-document bank-account credit-card phone boleto`.split(/\s+/),
);

/** What an attribute is, by its type, its category, and the object that it is a part of. */
export function attributeKind(attribute: {
  readonly type: string;
  readonly category?: string | undefined;
  readonly to_ids?: boolean | undefined;
  readonly object_relation?: string | undefined;
}): AttributeKind {
  const type = attribute.type.toLowerCase();
  const category = attribute.category?.toLowerCase();
  const known = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (category === 'person') return 'personal';
  if (category === 'targeting data') return known === 'target-place' ? known : 'personal';
  if (type === 'email-dst' && !isAttackersMailbox(attribute, category)) return 'personal';
  return known ?? 'indicator';
}

/**
 * Senders are the attacker's; recipients are victims, unless the mailbox is one that malware writes to or that
 * somebody wants to be looked for.
 */
function isAttackersMailbox(
  attribute: { readonly to_ids?: boolean | undefined; readonly object_relation?: string | undefined },
  category: string | undefined,
): boolean {
  if (/^(?:to|cc|bcc)$/i.test(attribute.object_relation ?? '')) return false;
  return attribute.to_ids === true || category === 'network activity';
}

/** True for an object whose attributes are about a person or a victim. */
export function isPersonalObject(name: string | undefined): boolean {
  return personalObjects.has(name?.trim().toLowerCase() ?? '');
}

function tabled(kind: AttributeKind, types: string): Readonly<Record<string, AttributeKind>> {
  return Object.fromEntries(
    types
      .trim()
      .split(/\s+/)
      .map((type) => [type, kind]),
  );
}
