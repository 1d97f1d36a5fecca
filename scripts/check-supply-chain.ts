// What may be installed: licences on the list, hashes in the lock, exact versions, no unknown install script.
import { readFileSync } from 'node:fs';
import { licenceProblems } from './supply-chain/licences.ts';
import { lockedPackages, parseLock, parseOwnPackage } from './supply-chain/lock.ts';
import { installScriptProblems, isForeignTool, lockProblems } from './supply-chain/lock-problems.ts';

const [lockPath = 'package-lock.json'] = process.argv.slice(2);
const lock = parseLock(readFileSync(lockPath, 'utf8'));
const own = parseOwnPackage(readFileSync('package.json', 'utf8'));
const packages = lockedPackages(lock);
const problems = [
  ...lockProblems(own, lock, readFileSync('.npmrc', 'utf8')),
  ...installScriptProblems(packages),
  ...licenceProblems(packages),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error('See docs/decisions/dependencies.md for what may be added and how.');
  process.exitCode = 1;
} else {
  const shipped = packages.filter(({ dev }) => dev !== true).length;
  const foreign = packages.filter(isForeignTool).length;
  console.log(
    `${packages.length} packages (${shipped} shipped): licences, hashes and install scripts are as they should be; ${foreign} tools for other systems have no hash here`,
  );
}
