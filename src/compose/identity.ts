import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { createIdentitySource } from '../identity/identity-source.ts';
import type { IdentitySource } from '../knowledge/identity.ts';
import { dataFolder } from './paths.ts';

const fileName = 'identity.yaml';

/**
 * The operator's decisions over those that come with the product. Throws `IdentityFileError` (exit code 2) for a file
 * that cannot be used, and for one that IDENTITY_FILE names and that is missing.
 */
export function openIdentity({ home, identityFile }: Settings): IdentitySource {
  const own =
    identityFile === undefined ? { path: join(home, fileName) } : { path: identityFile, required: true };
  return createIdentitySource([own, { path: join(dataFolder, fileName), name: `data/${fileName}` }]);
}
