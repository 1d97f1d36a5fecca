/** Questions that count over a set of actors: `question → what is counted | the actors`, these as filters. */
export const labelledBreakdowns: readonly (readonly [question: string, expected: string])[] = read(`
what sectors do iranian groups target → sectors | country:IR
which countries do chinese actors target → regions | country:CN
what industries are russian hackers going after → sectors | country:RU
sectors targeted by north korean groups → sectors | country:KP
which sectors are targeted by financially motivated groups → sectors | motivation:financial
what countries are hit by russian groups → regions | country:RU
what are the most targeted sectors → sectors |
most targeted countries → regions |
which sector is targeted the most → sectors |
who do iranian groups target → sectors,regions | country:IR
whom do chinese groups targeting telecom attack → sectors,regions | country:CN and sector:telecommunications
what are iranian hackers after → sectors,regions | country:IR
victims of iranian groups → sectors,regions | country:IR
targets of north korean hackers → sectors,regions | country:KP
what motivates north korean groups → motivation | country:KP
iranian groups by motivation → motivation | country:IR
chinese groups by sector → sectors | country:CN
groups by country → attribution |
which countries do groups targeting energy come from → attribution | sector:energy
where do most groups come from → attribution |
which countries do chinese groups target with plugx → regions | country:CN and uses:S0013
`);

/** Questions that compare two sets of actors: `question → what in | one side | the other`. */
export const labelledSetComparisons: readonly (readonly [question: string, expected: string])[] = read(`
compare iranian and russian groups → all | country:IR | country:RU
chinese vs russian groups → all | country:CN | country:RU
difference between north korean and chinese apts → all | country:KP | country:CN
how do iranian groups differ from chinese groups → all | country:IR | country:CN
what do iranian and north korean groups have in common → all | country:IR | country:KP
compare the techniques of iranian and russian groups → techniques | country:IR | country:RU
iranian groups vs russian groups techniques → techniques | country:IR | country:RU
compare russian groups targeting energy with chinese groups targeting energy → all | country:RU and sector:energy | country:CN and sector:energy
compare APT28 with other russian groups → all | id:G0007 | country:RU and -id:G0007
compare iran and russia → all | country:IR | country:RU
`);

/** What looks like the above and is something else. */
export const notSets: readonly string[] = `
which sectors does APT28 target
compare APT28 and APT29
APT28 vs APT29
what do APT28 and APT29 have in common
countries
sectors of APT28
who targets energy
compare apples and oranges
`
  .trim()
  .split('\n');

function read(text: string): readonly (readonly [string, string])[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [question = '', expected = ''] = line.split(' →');
      return [question, expected.trim()] as const;
    });
}
