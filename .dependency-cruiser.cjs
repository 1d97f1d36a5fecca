// The direction of imports: one way, from the sources to the answers. `scripts/check-imports.ts` runs this and
// also fails when nothing was cruised, because a parser that is missing reports "no violations" over no modules.
const layer = (name) => `^src/${name}/`;
const only = (from, allowed, options = {}) => ({
  name: `${from.replace('/', '-')}-imports-only-what-it-may`,
  severity: 'error',
  from: { path: layer(from), ...(options.except ? { pathNot: options.except } : {}) },
  to: {
    path: '^src/',
    pathNot: [
      layer(from),
      ...allowed.map((one) => (one.endsWith('.ts') ? `^src/${one.replace('.', '\\.')}$` : layer(one))),
    ],
  },
});
const pure = '^src/(domain|knowledge|search|questions|briefing|cards)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    only('support', []),
    only('domain', ['support']),
    only('sources', ['domain', 'support']),
    only('store', ['domain', 'support', 'knowledge/changes.ts', 'knowledge/claim-key.ts']),
    only('knowledge', ['domain', 'support', 'sources/types.ts', 'store/types.ts']),
    only('identity', ['domain', 'support', 'knowledge/identity.ts']),
    only('search', ['domain', 'support', 'knowledge']),
    only('questions', ['domain', 'support', 'search']),
    only('cards', ['domain', 'support']),
    only('briefing', [
      'domain',
      'support',
      'knowledge',
      'search',
      'questions',
      'cards/card.ts',
      'cards/build.ts',
      'cards/cited-numbers.ts',
      'cards/hidden.ts',
      'cards/format.ts',
      'store/types.ts',
    ]),
    only('config', ['support', 'domain']),
    only('ingest', ['domain', 'support', 'sources', 'store']),
    only('connect', ['domain', 'support', 'sources', 'ingest', 'store/types.ts']),
    only('schedule', [
      'domain',
      'support',
      'briefing',
      'cards/card.ts',
      'cards/cleared.ts',
      'store/types.ts',
      'store/delivery-types.ts',
    ]),
    only('chat', [
      'schedule',
      'store/delivery-types.ts',
      'domain',
      'support',
      'knowledge',
      'search',
      'questions',
      'briefing',
      'cards',
      'store/types.ts',
      'config',
    ]),
    only('server', ['domain', 'support', 'chat', 'briefing', 'cards', 'store/types.ts', 'playground']),
    only('playground', ['domain', 'support', 'chat', 'briefing', 'cards', 'schedule/types.ts']),
    {
      name: 'chat-core-names-no-platform',
      severity: 'error',
      from: { path: '^src/chat/', pathNot: '^src/chat/(slack|teams)/' },
      to: { path: '^src/(chat|cards)/(slack|teams)/' },
    },
    {
      name: 'one-platform-does-not-know-another',
      severity: 'error',
      from: { path: '^src/chat/slack/' },
      to: { path: '^src/(chat|cards)/teams/' },
    },
    {
      name: 'one-platform-does-not-know-another-either',
      severity: 'error',
      from: { path: '^src/chat/teams/' },
      to: { path: '^src/(chat|cards)/slack/' },
    },
    {
      name: 'slack-sdk-only-in-its-adapter',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/chat/slack/' },
      to: { path: 'node_modules/@slack/' },
    },
    {
      name: 'botbuilder-only-in-its-adapter',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/chat/teams/' },
      to: { path: 'node_modules/(botbuilder|botframework)' },
    },
    {
      name: 'sql-only-in-the-store',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: ['node_modules/(kysely|pg)/', '^(node:)?sqlite$'] },
    },
    {
      name: 'pure-layers-do-no-io',
      severity: 'error',
      from: { path: pure },
      to: {
        path: '^(node:)?(fs|fs/promises|net|http|https|http2|dns|tls|child_process|worker_threads|process|os|timers|timers/promises)$',
      },
    },
    {
      name: 'only-main-builds-the-runtime',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main\\.ts$' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'sources-do-not-reach-into-the-test-folder',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
