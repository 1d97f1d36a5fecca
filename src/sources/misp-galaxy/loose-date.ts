const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * An ISO date of whatever precision the text has: "2014", "2014-11", "2014-11-02", "November 2014", "Nov. 2014",
 * "July 2018.". Undefined for a text that says more than a date, and outside the years 1980 to 2099.
 */
export function looseDate(text: string): string | undefined {
  const trimmed = text.trim().replace(/\.$/, '');
  if (trimmed.length > 30) return undefined;
  const iso = /^((?:19[89]|20\d)\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?:T.*)?$/.exec(trimmed);
  if (iso !== null) return [iso[1], iso[2], iso[3]].filter((part) => part !== undefined).join('-');
  const named = /^([A-Za-z]{3,9})\.?,? ((?:19[89]|20\d)\d)$/.exec(trimmed);
  if (named?.[1] === undefined || named[2] === undefined) return undefined;
  const word = named[1].toLowerCase();
  const month = months.findIndex(
    (name) => name === word || name.slice(0, 3) === word || (word === 'sept' && name === 'september'),
  );
  return month < 0 ? undefined : `${named[2]}-${String(month + 1).padStart(2, '0')}`;
}
