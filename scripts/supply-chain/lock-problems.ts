import { type Lock, type LockedPackage, lockedPackages, type OwnPackage } from './lock.ts';

/**
 * Packages that say they have a script to run when they are installed. None is run (`ignore-scripts` in `.npmrc`), and both
 * work without: they only look whether the right binary came as an optional package.
 */
const knownInstallScripts: ReadonlySet<string> = new Set(['@swc/core', 'esbuild']);

/** A sentence for each package with an install script that is not named above. */
export function installScriptProblems(packages: readonly LockedPackage[]): readonly string[] {
  return packages
    .filter(({ hasInstallScript, name }) => hasInstallScript === true && !knownInstallScripts.has(name))
    .map(({ name, version }) => `${name} ${version ?? ''} wants to run a script when it is installed`);
}

/** A sentence for each way in which what is installed could be another than what was looked at. */
export function lockProblems(own: OwnPackage, lock: Lock, npmrc: string): readonly string[] {
  const problems: string[] = [];
  if (lock.lockfileVersion !== 3) problems.push(`the lock file has version ${lock.lockfileVersion}, not 3`);
  if (!/^ignore-scripts=true$/m.test(npmrc)) problems.push('.npmrc does not say ignore-scripts=true');
  const direct = { ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies };
  for (const [name, version] of Object.entries(direct)) {
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      problems.push(`${name} is wanted as "${version}", which is no exact version`);
    const locked = lock.packages[`node_modules/${name}`]?.version;
    if (locked !== version)
      problems.push(`${name} is wanted as ${version} and locked as ${locked ?? 'nothing'}`);
  }
  for (const found of lockedPackages(lock)) {
    const { path, integrity = '', resolved, link, inBundle } = found;
    // The lock file is written without the registry's addresses: what names a place comes from another one.
    if (link === true) problems.push(`${path} is a link to a folder`);
    else if (resolved !== undefined) problems.push(`${path} comes from elsewhere than the registry`);
    else if (inBundle !== true && !integrity.startsWith('sha512-') && !isForeignTool(found)) {
      problems.push(`${path} has no SHA-512`);
    }
  }
  return problems;
}

/**
 * A tool's binary for another system: npm writes no hash for what it did not fetch, and nothing of it is shipped. On such a
 * system `npm install` adds the hash to the lock.
 */
export function isForeignTool({ dev, optional, os, integrity }: LockedPackage): boolean {
  return integrity === undefined && dev === true && optional === true && os !== undefined;
}
