import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicatorPlan } from '../../src/domain/indicator-plan.ts';
import {
  formatIpAddress,
  formatIpNetwork,
  parseIpAddress,
  parseIpNetwork,
  writtenForms,
} from '../../src/domain/ip-address.ts';
import { parentDomains } from '../../src/domain/parent-domains.ts';

describe('parentDomains', () => {
  it.each([
    ['a.b.evil.example', ['b.evil.example', 'evil.example']],
    ['evil.example', []],
    ['www.evil.co.uk', ['evil.co.uk']],
    ['evil.co.uk', []],
    ['a.evil.com.br', ['evil.com.br']],
    ['c2.duckdns.org', []],
    ['x.c2.duckdns.org', ['c2.duckdns.org']],
    ['invoice.pdf.exe', []],
    ['A.EVIL.EXAMPLE.', ['evil.example']],
  ])('gives for %s %j', (domain, parents) => {
    expect(parentDomains(domain)).toEqual(parents);
  });
});

describe('addresses', () => {
  it.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['::', '::'],
    ['192.0.2.1', '192.0.2.1'],
  ])('reads %s as %s', (text, usual) => {
    const address = parseIpAddress(text);
    expect(address && formatIpAddress(address)).toBe(usual);
  });

  it.each(['192.0.2.256', '1.2.3', '01.2.3.4', '1::2::3', ':::', '1:2:3:4:5:6:7', '12345::', '', 'a.b.c.d'])(
    'refuses %j',
    (text) => {
      expect(parseIpAddress(text)).toBeUndefined();
    },
  );

  it('clears the bits behind a prefix', () => {
    const network = parseIpNetwork('10.1.2.3/8');
    expect(network && formatIpNetwork(network)).toBe('10.0.0.0/8');
    expect(parseIpNetwork('10.0.0.0/33')).toBeUndefined();
    expect(parseIpNetwork('10.0.0.0')).toBeUndefined();
  });

  it('reads back every written form of any address', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (value) => {
        for (const form of writtenForms({ bits: 128, value }))
          expect(parseIpAddress(form)?.value).toBe(value);
      }),
      { numRuns: 200 },
    );
  });
});

describe('indicatorPlan', () => {
  it('looks an address up in every network around it', () => {
    const { values } = indicatorPlan('203.0.113.77', []);

    expect(values.get('203.0.113.77')).toBe('same');
    expect(values.get('203.0.113.0/24')).toBe('network');
    expect(values.get('203.0.112.0/20')).toBe('network');
  });

  it('looks a URL up as it is, without its slash, then by its host and the domains above', () => {
    const { values } = indicatorPlan('https://a.evil.example/x/', []);

    expect(values.get('https://a.evil.example/x')).toBe('same');
    expect(values.get('http://a.evil.example/x/')).toBe('same');
    expect(values.get('a.evil.example')).toBe('host');
    expect(values.get('evil.example')).toBe('parent');
  });

  it('finds what lies inside a network, whatever its size, and nothing beside it', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 32 - 1),
        fc.integer({ min: 8, max: 32 }),
        fc.nat(2 ** 32 - 1),
        (base, prefix, other) => {
          const network = parseIpNetwork(`${formatIpAddress({ bits: 32, value: BigInt(base) })}/${prefix}`);
          if (network === undefined) throw new Error('no network');
          const plan = indicatorPlan(formatIpNetwork(network), []);
          const size = 2n ** BigInt(32 - prefix);
          const inside = formatIpAddress({ bits: 32, value: network.value + (BigInt(other) % size) });
          const isFound = (text: string): boolean =>
            plan.values.has(text) ||
            (plan.ranges.some(({ from, to }) => from <= text && text < to) && plan.isInside(text));

          expect(isFound(inside)).toBe(true);
          expect(plan.ranges.length).toBeLessThanOrEqual(256);
          const outside = network.value + size;
          if (outside < 2n ** 32n)
            expect(plan.isInside(formatIpAddress({ bits: 32, value: outside }))).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('stays small for anything', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(indicatorPlan(text, [text]).values.size).toBeLessThan(900);
      }),
      { numRuns: 300 },
    );
    expect(indicatorPlan('2001:db8::1', []).values.size).toBeLessThan(900);
    expect(indicatorPlan(`${'a.'.repeat(120)}example`, []).values.size).toBeLessThan(200);
  });
});
