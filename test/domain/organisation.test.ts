import { describe, expect, it } from 'vitest';
import {
  citedOrganisation,
  isKnownOrganisation,
  organisationKey,
  organisationName,
  relatedOrganisations,
} from '../../src/domain/organisation.ts';

describe('organisationName', () => {
  it.each([
    ['SecureWorks', 'Secureworks'],
    ['SCWX CTU', 'Secureworks'],
    ['Dell SecureWorks', 'Secureworks'],
    ['Palo Alto', 'Palo Alto Networks'],
    ['Unit 42', 'Palo Alto Networks'],
    ['Cisco Talos Intelligence Group', 'Cisco Talos'],
    ['MSTIC', 'Microsoft'],
    ['crowdstrike, Inc.', 'CrowdStrike'],
    ['Securelist', 'Kaspersky'],
    ['A House Nobody Knows', 'A House Nobody Knows'],
  ])('takes "%s" for %s', (written, name) => {
    expect(organisationName(written)).toBe(name);
  });

  it('keeps FireEye and Mandiant apart, and tells that they are related', () => {
    expect(organisationKey('FireEye')).not.toBe(organisationKey('Mandiant'));
    expect(relatedOrganisations('FireEye')).toContain('Mandiant');
    expect(relatedOrganisations('mandiant')).toContain('FireEye');
    expect(relatedOrganisations('ESET')).toEqual([]);
  });

  it('is not misled by keys that every object has', () => {
    for (const text of ['__proto__', 'constructor', 'toString', '']) {
      expect(organisationName(text)).toBe(text);
      expect(isKnownOrganisation(text)).toBe(false);
    }
  });
});

describe('citedOrganisation', () => {
  it.each([
    ['Crowdstrike GTR2020 Mar 2020', 'CrowdStrike'],
    ['SecureWorks TG-4127; Secureworks IRON TWILIGHT', 'Secureworks'],
    ['FireEye APT28; Crowdstrike DNC June 2016', undefined],
    ['Dark Reading APT39 JAN 2019', undefined],
    ['Unit 42 QUADAGENT July 2018', 'Palo Alto Networks'],
    ['Ciscology of 2020', undefined],
    ['', undefined],
  ])('reads "%s"', (citation, expected) => {
    expect(citedOrganisation(citation)).toBe(expected);
  });
});
