/** An address as a number, with how many bits it has. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A network: an address whose bits behind the prefix are all zero. */
export interface IpNetwork extends IpAddress {
  readonly prefix: number;
}

/** Reads an IPv4 or IPv6 address in any of its written forms; undefined for anything else. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > 45) return undefined;
  if (text.includes(':')) return parseIpv6(text.toLowerCase());
  const value = parseIpv4(text);
  return value === undefined ? undefined : { bits: 32, value: BigInt(value) };
}

function parseIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || (part.length > 1 && part.startsWith('0')) || Number(part) > 255)
      return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [before, after] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')];
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  return { bits: 128, value: groups.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n) };
}

/** The 16-bit groups of one side of `::`; an IPv4 tail counts as two. */
function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const tail = index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : undefined;
    if (tail !== undefined) groups.push(Math.floor(tail / 65_536), tail % 65_536);
    else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; bits behind the prefix are cleared. Undefined for anything else. */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const match = /^([0-9a-fA-F:.]{2,45})\/(\d{1,3})$/.exec(text);
  const address = match === null ? undefined : parseIpAddress(match[1] ?? '');
  const prefix = Number(match?.[2]);
  if (address === undefined || prefix > address.bits) return undefined;
  return networkOf(address, prefix);
}

/** The network of this prefix that an address lies in. */
export function networkOf({ bits, value }: IpAddress, prefix: number): IpNetwork {
  const host = BigInt(bits - prefix);
  return { bits, prefix, value: (value >> host) << host };
}

export function isInNetwork(address: IpAddress, network: IpNetwork): boolean {
  return address.bits === network.bits && networkOf(address, network.prefix).value === network.value;
}

/** The usual written form: RFC 5952 for IPv6. */
export function formatIpAddress({ bits, value }: IpAddress): string {
  return bits === 32 ? formatIpv4(value) : compressed(groupTexts(value));
}

export function formatIpNetwork(network: IpNetwork): string {
  return `${formatIpAddress(network)}/${network.prefix}`;
}

/** Every form in which lists write an address: IPv6 also in full, with and without leading zeros. */
export function writtenForms(address: IpAddress): readonly string[] {
  if (address.bits === 32) return [formatIpv4(address.value)];
  const groups = groupTexts(address.value);
  const full = groups.map((group) => group.padStart(4, '0')).join(':');
  return [...new Set([compressed(groups), groups.join(':'), full])];
}

function formatIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

function groupTexts(value: bigint): readonly string[] {
  return Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - index * 16)) & 65_535n).toString(16),
  );
}

/** The longest run of two or more zero groups becomes `::`; the first of equal ones. */
function compressed(groups: readonly string[]): string {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start += 1) {
    let end = start;
    while (groups[end] === '0') end += 1;
    if (end - start > best.length) best = { start, length: end - start };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}
