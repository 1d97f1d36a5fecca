/** Words of a question that ask for nothing by themselves. */
const idle = new Set(
  `a about actually achieve apply associated attribute attributed background based belong belonging brief briefly backs carried commands controls directs finances funds
   carry come comes common conduct conducted connect connected deploy deployed deploys describe detail details different drop
   drops employ employed employs else exploit exploited exploits exist exists explain favor favorite implement implements perform performs support supports favour favourite full go goes going has have include
   includes involved involve known leverage leverages linked located stay stays main often operate operated operates orders overview owns pays part prefer prefers
   preferred profile ran rely relies respective same run running runs share short spread spreads stand summarise summarize summary tied top total
   typical various way ways well whole work works actual all-time conducted again all also although an and any anybody anyone anything apparently are as ask asked asking at available
   be been being briefly by call called can check could currently data did do does doing done entire ever every everything
   exactly find for from full further gave get gimme give given go got had has have having he help her here his how i id if in info
   information intel into is it its just kindly know known latest list listed me mention more most much my name named need no
   now of off on one ones only or other our out over own please pls plz provide pull quick quickly re really recent recently
   recorded regarding report reported say says see seen show so some something still such summary sum tell than thank thanks
   that the their them then there these they thing things this those to today too typically under up us use used uses using
   usual usually very want was we were what whats when where which who whom whos whose will with would you your yet`.split(
    /\s+/,
  ),
);
/** Words for what an entity is, beside its name: "the group Turla". */
const kinds = new Set(
  `actor actors adversary apt crew entity gang group groups hacker hackers intrusion malware set software team technique threat
   tool campaign operation`.split(/\s+/),
);

/**
 * The words of a text that neither are said of every question nor name a kind of thing, in their order, each once, as
 * written; at most eight.
 */
export function unusedWords(text: string): readonly string[] {
  const words = text.split(/[^\p{L}\p{N}&@.'’_-]+/u).flatMap((word) => {
    const bare = word.replace(/^[.'’_-]+|(?<![.'’_-])[.'’_-]+$/g, '').replace(/['’]s?$/i, '');
    const key = bare.toLowerCase();
    return bare === '' || bare.length > 60 || idle.has(key) || kinds.has(key) || key === 's' ? [] : [bare];
  });
  return [...new Set(words)].slice(0, maxUnused);
}

const maxUnused = 8;
