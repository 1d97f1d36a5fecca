// What is shipped, as a CycloneDX bill of materials on standard output, or in the file that is named: the same bytes each time.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { normaliseSbom } from './supply-chain/normalise-sbom.ts';

const [out] = process.argv.slice(2);
const options = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev', '--offline'];
const npm = process.env['npm_execpath'];
const found = spawnSync(
  npm === undefined ? 'npm' : process.execPath,
  [...(npm === undefined ? [] : [npm]), ...options],
  {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  },
);
if (found.status !== 0) {
  console.error(`npm sbom failed: ${found.stderr || (found.error?.message ?? 'no word why')}`);
  process.exit(3);
}
const bom = normaliseSbom(found.stdout, 'threatbrief');
if (out === undefined) process.stdout.write(bom);
else writeFileSync(out, bom);
