/**
 * Characters of other scripts that pass for a Latin letter, by that letter. Upper and lower case are listed apart,
 * since `Н` (Cyrillic) looks like H while `н` does so only in small print. Compatibility forms (full-width,
 * mathematical, circled) are not here: NFKD folds those.
 */
const lookAlikes: Readonly<Record<string, string>> = {
  a: 'аАαΑɑᴀᎪꓮ',
  b: 'ВвΒβᏴᏼʙꓐƄЬ',
  c: 'сСϲϹᴄᏟꓚⅽ',
  d: 'ԁԀᎠꓓɗđĐðᴅ',
  e: 'еЕεΕєЄᎬꓰəᴇҽ',
  f: 'ϜꓝƒꜰϝԲ',
  g: 'ɡɢԌցᏀꓖ',
  h: 'һНнΗᎻꓧհʜħĦ',
  i: 'іІιΙıɪӀӏᎥɩ',
  j: 'јЈϳᎫꓙյᴊͿ',
  k: 'кКκΚᏦꓗᴋқҚ',
  l: 'ʟᏞꓡłŁⅼ',
  m: 'мМμΜµᎷꓟᴍ',
  n: 'ηΝոɴꓠп',
  o: 'оОοΟσօᴏꓳøØөӨ',
  p: 'рРρΡᏢꓑᴘ',
  q: 'ԛԚգզǫ',
  r: 'гᎡꓣʀᏒ',
  s: 'ѕЅꜱᏚꓢՏ',
  t: 'тТτΤᎢꓔᴛŧŦ',
  u: 'υսᴜꓴՍ',
  v: 'νѵѴᏙꓦᴠ',
  w: 'ԝԜωᎳꓪᴡѡ',
  x: 'хХχΧꓫ',
  y: 'уУγΥүҮꓬʏў',
  z: 'ΖᏃꓜᴢ',
};

/** From code point to the Latin letter that it passes for. */
export const latinLookAlikes: ReadonlyMap<number, string> = new Map(
  Object.entries(lookAlikes).flatMap(([letter, shapes]) =>
    Array.from(shapes, (shape): [number, string] => [shape.codePointAt(0) ?? 0, letter]),
  ),
);
