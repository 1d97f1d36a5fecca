import { nameKey } from '../domain/name-key.ts';
import { uuidV5 } from '../domain/stix-id.ts';

/** Keys of names are this long at most; one character of some scripts becomes eighteen in its key. */
const maxKeyChars = 200;

/** The id of a record that has none but its name: the name's key, or one made of it where the key is too long to keep. */
export function recordIdOfName(name: string): string {
  const key = nameKey(name);
  return key.length <= maxKeyChars ? key : uuidV5(['record', key].join('\n'));
}
