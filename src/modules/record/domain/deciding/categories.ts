import type { Reason } from '../screening.ts'

/** What speaks against showing an entry, for who decides about it. Source: DISCLOSURE 2.2. */
export type Category =
  | 'legal'
  | 'safeguarding'
  | 'staff-safety'
  | 'third-party-confidential'
  | 'third-party'
  | 'serious-harm'
  | 'sensitive'
  | 'unseen-result'
  | 'enhanced-review'
  | 'young'
  | 'kept-back'
  | 'wrong-patient'
  | 'unread'
  /** Nothing speaks against it but that no rule knows it as plainly safe. */
  | 'routine'

/** Whose queue a held entry waits in. */
export type Lane = 'clerk' | 'clinician' | 'safeguarding-lead' | 'ig-lead'

/** Staff roles that decide what is shown. Source: DISCLOSURE 5, point 3. */
export type DecidingRole = 'records-clerk' | 'clinician' | 'safeguarding-lead' | 'ig-lead'

/** All lanes, in the order in which they are offered. */
export const lanes: readonly Lane[] = ['clerk', 'clinician', 'safeguarding-lead', 'ig-lead']

interface CategoryRule {
  readonly lane: Lane
  /** Who may let the patient see such an entry. */
  readonly deciders: readonly DecidingRole[]
  readonly needsTwo?: true
}

const leads = ['clinician', 'safeguarding-lead', 'ig-lead'] as const

/** In order: of several categories, the first says in whose queue an entry waits. */
const categories: Readonly<Record<Category, CategoryRule>> = {
  legal: { lane: 'ig-lead', deciders: ['ig-lead'], needsTwo: true },
  safeguarding: { lane: 'safeguarding-lead', deciders: ['safeguarding-lead'], needsTwo: true },
  'staff-safety': { lane: 'clinician', deciders: ['clinician'], needsTwo: true },
  'third-party-confidential': { lane: 'ig-lead', deciders: ['clinician', 'ig-lead'] },
  'serious-harm': { lane: 'clinician', deciders: ['clinician'] },
  'enhanced-review': {
    lane: 'safeguarding-lead',
    deciders: ['clinician', 'safeguarding-lead'],
  },
  sensitive: { lane: 'clinician', deciders: ['clinician', 'safeguarding-lead'] },
  'unseen-result': { lane: 'clinician', deciders: ['clinician'] },
  'third-party': { lane: 'clinician', deciders: leads },
  young: { lane: 'clinician', deciders: ['clinician', 'safeguarding-lead'] },
  'kept-back': { lane: 'clinician', deciders: leads },
  unread: { lane: 'clinician', deciders: leads },
  'wrong-patient': { lane: 'clerk', deciders: leads },
  routine: { lane: 'clerk', deciders: ['records-clerk', ...leads] },
}

const byRule: readonly (readonly [rule: RegExp, category: Category])[] = [
  [/^text\.legal\./, 'legal'],
  [/^(?:text\.safeguarding\.|sensitive\.safeguarding$)/, 'safeguarding'],
  [/^text\.staff\./, 'staff-safety'],
  [/^text\.confidential\./, 'third-party-confidential'],
  [/^(?:text\.identifiable\.|person\.named$)/, 'third-party'],
  [/^(?:text\.harm\.|sensitive\.serious-news$)/, 'serious-harm'],
  [/^(?:text\.topic\.|sensitive\.|near\.sensitive$|code\.listed$)/, 'sensitive'],
  [/^(?:text\.result\.|not-cleared\.(?:result|result-group|report)$)/, 'unseen-result'],
  [/^patient\.enhanced-review$/, 'enhanced-review'],
  [/^patient\.(?:under-16|just-16)$/, 'young'],
  [/^(?:near\.|source\.|staff\.)/, 'kept-back'],
  [/^(?:text\.wrong\.|dates\.odd$)/, 'wrong-patient'],
  [/^title\.odd$/, 'routine'],
  [/^not-cleared\.(?:allergy|immunisation|issue|measurement|medication)$/, 'routine'],
]

/** What a reason is about. What no pattern knows is for somebody who reads: never a clerk's. */
function categoryOf({ rule }: Pick<Reason, 'rule'>): Category {
  return byRule.find(([pattern]) => pattern.test(rule))?.[1] ?? 'unread'
}

/** What the reasons of a decision are about, each once, the weightiest first; `unread` for none. */
function categoriesOf(reasons: readonly Pick<Reason, 'rule'>[]): readonly Category[] {
  const given = new Set(reasons.map(categoryOf))
  const found = (Object.keys(categories) as Category[]).filter((category) => given.has(category))
  return found.length === 0 ? ['unread'] : found
}

/** Whose queue something with these reasons waits in: that of its weightiest category. */
export function laneOf(reasons: readonly Pick<Reason, 'rule'>[]): Lane {
  const [first = 'unread'] = categoriesOf(reasons)
  return categories[first].lane
}

/** Whether what is held for these reasons takes two different people to release. */
export function needsTwo(reasons: readonly Pick<Reason, 'rule'>[]): boolean {
  return categoriesOf(reasons).some((category) => categories[category].needsTwo)
}

/**
 * Categories that none of these roles may release, with who may. With the roles of two people taken
 * together, what the two may not release between them.
 */
export function beyond(
  roles: readonly string[],
  reasons: readonly Pick<Reason, 'rule'>[],
): readonly { readonly category: Category; readonly deciders: readonly DecidingRole[] }[] {
  return categoriesOf(reasons)
    .map((category) => ({ category, deciders: categories[category].deciders }))
    .filter(({ deciders }) => !deciders.some((role) => roles.includes(role)))
}

/** Lanes that a person with these roles works in, in order. */
export function lanesOf(roles: readonly string[]): readonly Lane[] {
  return lanes.filter((lane) => roles.includes(lane === 'clerk' ? 'records-clerk' : lane))
}

/** Whether many entries held for just this rule may be released at once: it is of the lowest risk. */
export function isLowRisk(rule: string): boolean {
  return categoryOf({ rule }) === 'routine'
}
