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
 * A time as people say it, in a form that `parseTime` reads: a month by its name ("january", "in march 2024") is the
 * last that began, "this week" begins on Monday. What is none of these comes back as it is.
 */
export function sinceInWords(text: string, now: Date): string {
  const words = text
    .slice(0, 80)
    .toLowerCase()
    .replace(/[\s.,]+/g, ' ')
    .replace(
      /^(?:(?:since|in|from|after|over|during|within|for|as of|the|beginning of|start of|early) )+/,
      '',
    )
    .replace(/ (?:or so|now|onwards?|on)$/, '')
    .trim();
  const named = /^([a-z]{3,9})(?: (?:of )?(\d{4}))?$/.exec(words);
  const month = named === null ? -1 : monthOf(named[1] ?? '');
  if (month !== -1) return monthText(month, named?.[2], now);
  const today = now.toISOString().slice(0, 10);
  if (words === 'this year') return today.slice(0, 4);
  if (words === 'this month') return today.slice(0, 7);
  if (words === 'this week') {
    const back = (now.getUTCDay() + 6) % 7;
    return new Date(now.getTime() - back * dayMs).toISOString().slice(0, 10);
  }
  return words
    .replace(/^(?:couple|few) (?:of )?/, '2 ')
    .replace(/^(last|past) (?:couple|few) (?:of )?/, '$1 3 ')
    .replace(/\b(?:one|two|three|four|five|six|seven|ten)\b/, (word) => numbers[word] ?? word);
}

const dayMs = 86_400_000;
const numbers: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  ten: '10',
};

/** "jan", "sept" and "january"; three letters at least. */
function monthOf(word: string): number {
  return word.length < 3 ? -1 : months.findIndex((month) => month.startsWith(word === 'sept' ? 'sep' : word));
}

function monthText(month: number, year: string | undefined, now: Date): string {
  const latest = month <= now.getUTCMonth() ? now.getUTCFullYear() : now.getUTCFullYear() - 1;
  return `${year ?? latest}-${String(month + 1).padStart(2, '0')}`;
}
