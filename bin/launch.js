// Starts a script on a sound Node: the running one if it is recent enough, else the packaged one.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isSoundNode, packagedNodeName } from './node-version.js';

const require = createRequire(import.meta.url);

/**
 * The path of the Node binary that comes with the packaged node of this platform, found by resolving the
 * package itself (npm 10 deletes the link in `.bin`).
 */
function packagedNode() {
  const name = packagedNodeName(process.platform, process.arch);
  if (name === undefined) return undefined;
  try {
    const folder = dirname(require.resolve(`${name}/package.json`));
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return undefined;
  }
}

/** The Node binary to use, or an explanation of what to install. */
export function soundNode() {
  if (isSoundNode(process.versions.node)) return { path: process.execPath };
  const path = packagedNode();
  if (path !== undefined) return { path };
  return {
    problem:
      `threatbrief needs Node 22.23 or later (22.x), 24.15 or later (24.x) or 26 and later; this is ${process.versions.node}, ` +
      'and the packaged Node is not installed. Run "npm ci" without --omit=optional, or install a newer Node.',
  };
}

/**
 * Runs `node ...args` on a sound Node, with this process's streams; forwards signals, and ends with the
 * child's exit code. The child learns through a closed channel when this process dies, and then ends too.
 */
export function launch(args, env = process.env) {
  const node = soundNode();
  if (node.path === undefined) {
    process.stderr.write(`${node.problem}\n`);
    process.exit(2);
  }
  const guard = new URL('./exit-with-parent.js', import.meta.url).href;
  const child = spawn(node.path, ['--disable-warning=ExperimentalWarning', '--import', guard, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...env, THREATBRIEF_LAUNCHED: '1' },
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`cannot start ${node.path}: ${error.message}\n`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
