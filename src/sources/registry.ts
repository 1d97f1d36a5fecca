import { aptnotesImporter } from './aptnotes/index.ts';
import { cisaKevImporter } from './cisa-kev/index.ts';
import { csvImporter } from './csv/index.ts';
import { etdaCardsImporter } from './etda-cards/index.ts';
import { markdownProfileImporter } from './markdown-profile/index.ts';
import { markdownReportImporter } from './markdown-report/index.ts';
import { microsoftNamesImporter } from './microsoft-names/index.ts';
import { mispEventImporter } from './misp-event/index.ts';
import { mispGalaxyImporter } from './misp-galaxy/index.ts';
import { mispHashesImporter } from './misp-hashes/index.ts';
import { mispInstanceImporter } from './misp-instance/index.ts';
import { mispTaxonomyImporter } from './misp-taxonomy/index.ts';
import { stixImporter } from './stix/index.ts';
import type { Importer } from './types.ts';
import { webFeedImporter } from './web-feed/index.ts';

/** Every importer, one line each. Of equally sure ones the first in the list reads a document. */
export const importers: readonly Importer[] = [
  stixImporter,
  mispGalaxyImporter,
  mispEventImporter,
  mispInstanceImporter,
  mispHashesImporter,
  mispTaxonomyImporter,
  microsoftNamesImporter,
  etdaCardsImporter,
  cisaKevImporter,
  aptnotesImporter,
  markdownReportImporter,
  markdownProfileImporter,
  webFeedImporter,
  csvImporter,
];

/** Below this no importer takes a document for its own. */
const leastCertainty = 0.5;

/** The importer whose format the document is, by content alone; undefined when none knows it. */
export function detectImporter(head: string, place: string): Importer | undefined {
  let best: { importer: Importer; certainty: number } | undefined;
  for (const importer of importers) {
    const certainty = importer.detect(head, place);
    if (certainty >= leastCertainty && (best === undefined || certainty > best.certainty))
      best = { importer, certainty };
  }
  return best?.importer;
}

/** The importer of a kind, as `--kind` names it. */
export function importerOf(kind: string): Importer | undefined {
  return importers.find((importer) => importer.kind === kind);
}
