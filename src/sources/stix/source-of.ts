import type { SourceInfo } from '../../domain/source.ts';
import type { ImportOptions } from '../types.ts';
import { attackLicence, attackMarking, attackTitles } from './attack.ts';
import type { Survey } from './survey.ts';
import { slug } from './text.ts';

/** What an operator's own bundle is marked where nothing else is said. */
const unmarkedDefault = 'green';

/** The source that a bundle belongs to: a domain of ATT&CK, else its producer's, else one of the file's name. */
export function sourceOf(survey: Survey, place: string, options: ImportOptions): SourceInfo {
  const { domain, version } = survey.attack;
  if (domain !== undefined) {
    return {
      name: options.sourceName ?? `attack-${domain}`,
      kind: 'stix',
      title: attackTitles[domain],
      licence: attackLicence,
      defaultMarking: options.defaultMarking ?? attackMarking,
      reliability: 'A',
      ...(version === undefined ? {} : { version }),
    };
  }
  const producer = producerOf(survey);
  const stem = stemOf(place);
  const words = slug(producer ?? stem);
  return {
    name: options.sourceName ?? (words === '' ? 'stix' : `stix-${words}`),
    kind: 'stix',
    title: producer ?? titleOfName(options.sourceName) ?? `${stem} (STIX)`,
    licence: 'Not stated in the bundle',
    defaultMarking: options.defaultMarking ?? unmarkedDefault,
    reliability: 'F',
  };
}

/** The name of the identity that created the reports, else more than half of the objects; else undefined. */
function producerOf(survey: Survey): string | undefined {
  return commonCreator('reports', survey) ?? commonCreator('statements', survey);
}

function commonCreator(of: 'reports' | 'statements', survey: Survey): string | undefined {
  const { counts, total } = survey.objects.creators(of);
  for (const [id, identity] of survey.identities) {
    const name = identity.name?.trim();
    const count = counts.get(survey.objects.number(id)) ?? 0;
    if (count * 2 > total && name !== undefined && name !== '') return name;
  }
  return undefined;
}

/** "acme-reports" as "Acme reports"; undefined for a name without letters or digits. */
function titleOfName(name: string | undefined): string | undefined {
  const words = (name ?? '').replace(/[-_.\s]+/g, ' ').trim();
  return words === '' ? undefined : words.charAt(0).toUpperCase() + words.slice(1);
}

function stemOf(place: string): string {
  const path = place.replace(/[?#].*$/s, '').replace(/(?<![\\/])[\\/]+$/, '');
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return file.replace(/(?:\.(?:gz|json|stix2?|stix\d\d)){1,9}$/i, '') || 'bundle';
}
