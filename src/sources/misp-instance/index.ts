import { mispEventImporter, readEvents } from '../misp-event/index.ts';
import type { Importer } from '../types.ts';

/**
 * Events as the REST interface of an instance gives them to a user of its own: read as `misp-event` reads them, and
 * marked no more openly than their distribution allows. Never found by content, since a file that was passed on looks
 * the same: the connector `misp` asks for it, or an operator by `--kind misp-instance`.
 */
export const mispInstanceImporter: Importer = {
  kind: 'misp-instance',
  title: `${mispEventImporter.title}s of an instance, distribution respected`,
  detect: () => 0,
  read: (document, options) => readEvents(document, options, true),
  mentions: true,
};
