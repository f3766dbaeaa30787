/** The arrows of ARCHITECTURE.md. `npm run check` runs this; test/architecture proves that each rule can fail. */
const siblings = 'auth|policy|graph|holds|alarms|session|audit';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'apps-do-not-meet',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'kernel-and-tlog-are-leaves',
      severity: 'error',
      from: { path: '^libs/(kernel|tlog)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs|apps)/', pathNot: '^libs/$1/' },
    },
    {
      name: 'config-imports-kernel-only',
      severity: 'error',
      from: { path: '^libs/config/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(?!config/|kernel/)' },
    },
    {
      name: 'simulator-verifier-and-console-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^apps/(simulator|verifier|console)/' },
      to: { path: '^libs/' },
    },
    {
      name: 'libs-through-their-index',
      severity: 'error',
      from: { path: '^(apps|libs|test|tools)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: '^$1/$2/' },
    },
    {
      name: 'siblings-do-not-meet',
      severity: 'error',
      from: { path: `^libs/(${siblings})/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^libs/(${siblings})/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'siblings-import-kernel-only',
      severity: 'error',
      from: { path: `^libs/(${siblings})/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(operations|store|config)/' },
    },
    {
      name: 'only-audit-and-store-use-tlog',
      comment: 'the broker serves its bytes, the rest need not know the format',
      severity: 'error',
      from: { path: '^libs/(?!tlog|audit|store|testing)' },
      to: { path: '^libs/tlog/' },
    },
    {
      name: 'operations-knows-ports-never-store',
      severity: 'error',
      from: { path: '^libs/operations/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(store|auth|config)/' },
    },
    {
      name: 'not-through-own-index',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/' },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    {
      name: 'nest-only-at-the-edge',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.(module|guard|spec)\\.ts$' },
      to: { path: '(^|node_modules/)@nestjs/' },
    },
    {
      name: 'only-store-knows-sql',
      comment: 'and the verifier, which reads the tables on its own',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^(libs/store|apps/verifier)/' },
      to: { path: '^(node:sqlite|sqlite)$|node_modules/(kysely|pg)/' },
    },
    {
      name: 'only-graph-knows-entra',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/graph/' },
      to: { path: 'node_modules/@azure/' },
    },
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$|^libs/testing/' },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'no-junk-drawers',
      severity: 'error',
      from: {},
      to: { path: '^(apps|libs|test|tools)/.*(^|/)(utils?|helpers?|common|shared|misc|managers?)(/|\\.ts$)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
