/** Asks who says so, before a statement: "who says APT28 uses Mimikatz". */
const whoSays =
  /^(?:(?:who|which sources?|what sources?) (?:says?|said|claims?|claimed|reports?|reported|states?|stated|records?|recorded|thinks?|confirms?|confirmed|shows?)(?: that)?|(?:can (?:you|we|anyone) )?prove(?: to me)?(?: that)?|(?:what|which|any|is there|is there any|what is the|show me the|show)? ?(?:evidence|proof|sources?) (?:is there )?(?:that|says|saying|shows)|how (?:do|does) (?:we|you|anyone|one) know(?: that)?|where does it say(?: that)?|says who(?: that)?|on what (?:basis|grounds) (?:is it said )?that|is it true(?: that)?) (?<statement>.{4,180})$/i;

/** A statement's verb with what stands before and behind it. */
const statement =
  /^(?<name>.{2,80}?) (?:(?<being>is|are|was|were)|(?<doing>uses?|used|deploys?|deployed|exploits?|exploited|employs?|employed|drops?|dropped|targets?|targeted|attacks?|attacked|hit|hacked|breached|comes|originates|works)) (?<value>.{2,120})$/i;

const negation =
  /^(?<verb>is|are|was|were|does|do|did|has|have|had|can|could)(?:n't|nt(?= )| not(?= ))?(?= )/i;

/**
 * A question of yes and no in the words in which it is read: one that asks who says so, or that is put in the negative,
 * asks for the same records. Other texts stay as they are.
 */
export function asYesOrNo(text: string): string {
  const said = whoSays.exec(text)?.groups?.['statement'];
  const asked = said === undefined ? text : (fromStatement(said) ?? text);
  const verb = negation.exec(asked);
  if (verb === null) return asked;
  const rest = asked.slice(verb[0].length);
  return `${verb.groups?.['verb'] ?? ''}${rest.replace(/ (?:not|never)(?= )/i, '')}`;
}

function fromStatement(text: string): string | undefined {
  const groups = statement.exec(text)?.groups;
  const [name, being, doing, value] = [
    groups?.['name'],
    groups?.['being'],
    groups?.['doing'],
    groups?.['value'],
  ];
  if (name === undefined || value === undefined) return undefined;
  if (being !== undefined) return `${being} ${name} ${value}`;
  const bare = /^(?:comes|originates|works)$/i.test(doing ?? '') ? (doing ?? '').replace(/s$/i, '') : doing;
  return `does ${name} ${bare ?? ''} ${value}`;
}
