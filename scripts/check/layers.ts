import type { IForbiddenRuleType } from 'dependency-cruiser'

/** Capabilities, lowest step first. Each may use those on steps below; none on its own or above. */
export const steps: readonly (readonly string[])[] = [
  ['directory'],
  ['accounts'],
  ['access'],
  ['appointments', 'prescriptions', 'record', 'messages', 'practice', 'registration', 'uptake'],
  ['home', 'imports', 'fhir'],
  ['demo'],
]

const test = '\\.test\\.tsx?$'
const anyOf = (names: readonly string[]): string => `(${names.join('|')})`

const stepRules: readonly IForbiddenRuleType[] = steps.flatMap((step, at) =>
  step.flatMap((capability) => {
    const closed = steps
      .slice(at)
      .flat()
      .filter((name) => name !== capability)
    if (closed.length === 0) return []
    return {
      name: `${capability}-uses-only-those-below`,
      from: { path: `^src/modules/${capability}/` },
      to: { path: `^src/modules/${anyOf(closed)}/` },
    }
  }),
)

const kernel: readonly IForbiddenRuleType[] = [
  {
    name: 'kernel-uses-kernel',
    from: { path: '^src/kernel/', pathNot: test },
    to: { pathNot: '^src/kernel/', dependencyTypesNot: ['core'] },
  },
]

const platform: readonly IForbiddenRuleType[] = [
  {
    name: 'platform-knows-no-capability',
    from: { path: '^src/platform/', pathNot: test },
    to: { path: '^src/', pathNot: '^src/(kernel|platform)/' },
  },
  {
    name: 'platform-by-its-doors',
    from: { path: '^src/platform/([^/]+)/' },
    to: { path: '^src/platform/', pathNot: '^src/platform/($1/|[^/]+/index\\.ts$)' },
  },
  {
    name: 'doors-of-platform-from-outside',
    from: { path: '^src/', pathNot: '^src/platform/' },
    to: { path: '^src/platform/', pathNot: '^src/platform/[^/]+/index\\.ts$' },
  },
]

const capabilities: readonly IForbiddenRuleType[] = [
  {
    name: 'domain-uses-kernel-and-itself',
    from: { path: '^src/modules/([^/]+)/domain/', pathNot: test },
    to: { pathNot: '^src/(kernel|modules/$1/domain)/' },
  },
  {
    name: 'queries-before-commands-and-web',
    from: { path: '^src/modules/([^/]+)/queries/', pathNot: test },
    to: { path: '^src/modules/$1/(commands|web)/' },
  },
  {
    name: 'commands-before-web',
    from: { path: '^src/modules/([^/]+)/commands/', pathNot: test },
    to: { path: '^src/modules/$1/web/' },
  },
  {
    name: 'own-door-is-for-others',
    from: { path: '^src/modules/([^/]+)/.+/', pathNot: test },
    to: { path: '^src/modules/$1/(index|plugin)\\.ts$' },
  },
  {
    name: 'other-capabilities-by-their-doors',
    from: { path: '^src/modules/([^/]+)/', pathNot: test },
    to: { path: '^src/modules/', pathNot: '^src/modules/($1/|[^/]+/index\\.ts$)' },
  },
  {
    name: 'entries-by-the-doors',
    from: { path: '^src/', pathNot: ['^src/(modules|app\\.ts$)', test] },
    to: { path: '^src/modules/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
  },
  {
    name: 'app-by-doors-and-plugins',
    from: { path: '^src/app\\.ts$' },
    to: { path: '^src/modules/', pathNot: '^src/modules/[^/]+/(index|plugin)\\.ts$' },
  },
  {
    name: 'capabilities-do-not-know-who-starts-them',
    from: { path: '^src/modules/', pathNot: test },
    to: { path: '^src/', pathNot: '^src/(kernel|platform|modules)/' },
  },
]

const everywhere: readonly IForbiddenRuleType[] = [
  { name: 'no-cycles', from: { path: '^src/' }, to: { circular: true } },
  { name: 'resolvable', from: { path: '^src/' }, to: { couldNotResolve: true } },
  {
    name: 'fastify-in-web-only',
    from: {
      path: '^src/',
      pathNot: ['^src/modules/[^/]+/(web/|plugin\\.ts$)', '^src/(platform/http/|app\\.ts$)', test],
    },
    to: { path: 'node_modules/(fastify|@fastify)/' },
  },
  {
    name: 'nothing-from-tests-or-scripts',
    from: { path: '^src/', pathNot: test },
    to: { path: ['^(test|scripts)/', test] },
  },
  {
    name: 'no-development-packages',
    from: { path: '^src/', pathNot: test },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
]

/** What may not import what: STYLE section 2 as rules. */
export const rules: readonly IForbiddenRuleType[] = [
  ...stepRules,
  ...kernel,
  ...platform,
  ...capabilities,
  ...everywhere,
].map((rule) => ({ severity: 'error', ...rule }))
