/**
 * The key by which names are compared: NFKD, without case, diacritics, spaces, punctuation and invisible
 * characters. `APT 39`, `apt-39` and `ＡＰＴ39` have one key; letters of any script stay. Empty for a text
 * without letters and digits.
 */
export function nameKey(text: string): string {
  if (asciiAlphanumeric.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}

const asciiAlphanumeric = /^[A-Za-z0-9]*$/;

/** An ATT&CK id in its written form (`G0087`, `S0073`, `T1566.001`, `C0001`, `TA0001`, `M1036`), or undefined. */
export function parseAttackId(text: string): string | undefined {
  const upper = text.trim().toUpperCase();
  return attackId.test(upper) ? upper : undefined;
}

/** Tactics count from TA0001 and TA0100 on; TA4557 and TA2721 are names that a vendor gives to actors. */
const attackId = /^(?:[GSCM]\d{4}|TA0\d{3}|T\d{4}(?:\.\d{3})?|DET\d{4}|AN\d{4}|DC\d{4}|DS\d{4})$/;

/** A CVE id in its written form (`CVE-2017-11882`), from any case and any dash; undefined when it is none. */
export function parseCveId(text: string): string | undefined {
  const match = /^CVE[-\s_\u2010-\u2015]?(\d{4})[-\s_\u2010-\u2015]?(\d{4,7})$/i.exec(text.trim());
  return match === null ? undefined : `CVE-${match[1]}-${match[2]}`;
}
