import { describe, expect, test } from 'vitest'
import type { IncomingEntry } from './entry.ts'
import { isSensitive } from './rules/sensitive.ts'
import { ruleset, screen, type Ruleset } from './ruleset.ts'
import type { PatientContext, Rule, RuleExample, ScreeningContext } from './screening.ts'

const patient = {
  bornOn: '1980-01-01',
  today: '2026-03-02',
  age: 46,
  enhancedReview: false,
  clearsText: true,
} as PatientContext
const plain: ScreeningContext = {
  patient,
  nearMarked: false,
  nearSensitive: false,
  nearWithheld: false,
  sameAsWithheld: false,
  markRemoved: false,
  within: 'nothing',
}

function given(example: RuleExample): readonly [IncomingEntry, ScreeningContext] {
  const entry = { sourceKey: 'e', recordedAt: new Date('2026-02-20T09:00:00Z'), ...example.entry }
  return [entry, { ...plain, ...example.context }]
}

function without(rule: Rule): Ruleset {
  const others = (rules: readonly Rule[]) => rules.filter((one) => one.id !== rule.id)
  return {
    version: 'test',
    holds: others(ruleset.holds),
    clears: others(ruleset.clears),
    reads: rule.id.startsWith('sensitive.') ? () => [] : ruleset.reads,
  }
}

describe.each(ruleset.holds)('hold rule $id', (rule) => {
  test.each(rule.examples.fire)('fires on its example %#', (example) => {
    const screening = screen(...given(example))
    expect(screening.outcome).toBe('held')
    expect(screening.reasons.map((reason) => reason.rule)).toContain(rule.id)
  })

  test.each(rule.examples.quiet)('is quiet on its counter-example %#', (example) => {
    expect(screen(...given(example)).reasons.map((reason) => reason.rule)).not.toContain(rule.id)
  })

  test('is missed when it is taken away', () => {
    for (const example of rule.examples.fire) {
      const left = screen(...given(example), without(rule))
      expect(left.reasons.map((reason) => reason.rule)).not.toContain(rule.id)
    }
  })
})

describe('hold rules', () => {
  const aside = ruleset.holds.filter((rule) => !rule.id.startsWith('sensitive.'))

  test.each(aside)('$id alone keeps its examples from being shown', (rule) => {
    for (const example of rule.examples.fire) {
      expect(screen(...given(example), without(rule)).outcome).toBe('released')
    }
  })

  test.each(ruleset.holds.filter((rule) => rule.id.startsWith('sensitive.')))(
    '$id holds a plain entry that carries its words',
    (rule) => {
      for (const { entry } of rule.examples.fire) {
        const example = {
          entry: {
            kind: 'measurement',
            title: 'Body weight',
            value: { number: 80, unit: 'kg' },
            organisation: entry.title,
          },
        } as const
        expect(screen(...given(example)).outcome).toBe('held')
        expect(screen(...given(example)).reasons[0]?.marks?.length).toBeGreaterThan(0)
        expect(screen(...given(example), without(rule)).outcome).toBe('released')
      }
    },
  )
})

describe.each(ruleset.clears)('clearing rule $id', (rule) => {
  test.each(rule.examples.fire)('releases its example %#, and nothing else does', (example) => {
    expect(screen(...given(example))).toMatchObject({
      outcome: 'released',
      reasons: [{ rule: rule.id }],
    })
    expect(screen(...given(example), without(rule)).outcome).toBe('held')
  })

  test.each(rule.examples.quiet)('does not release its counter-example %#', (example) => {
    expect(screen(...given(example)).outcome).toBe('held')
  })

  test('never releases what has words in confidence, a marker, or is near something marked', () => {
    for (const example of rule.examples.fire) {
      const [entry, context] = given(example)
      expect(screen({ ...entry, text: 'Wife rang, he must not know' }, context).outcome).toBe(
        'held',
      )
      expect(screen({ ...entry, markers: ['diary'] }, context).outcome).toBe('held')
      expect(screen(entry, { ...context, nearMarked: true }).outcome).toBe('held')
    }
  })
})

describe('screen', () => {
  test.each([
    'note',
    'referral',
    'document',
    'procedure',
    'family-history',
    'request',
    'observation',
    'other',
    'topic',
  ] as const)('holds a %s, and says why', (kind) => {
    const screening = screen(
      ...given({
        entry: { kind, title: 'Essential hypertension', codings: [{ system: 's', code: '1' }] },
      }),
    )
    expect(screening.outcome).toBe('held')
    expect(screening.reasons[0]?.why).toMatch(/\w+.*\./)
  })

  test('holds an entry that a rule cannot read', () => {
    const [entry, context] = given({ entry: { kind: 'measurement', title: 'Body weight' } })
    const broken = Object.assign(entry, { title: undefined, recordedAt: undefined })
    expect(screen(broken, context)).toMatchObject({
      outcome: 'held',
      reasons: [{ rule: 'engine.fault' }],
    })
  })

  test('holds an entry of a kind it does not know', () => {
    const [entry, context] = given({ entry: { kind: 'measurement', title: 'Body weight' } })
    const odd = Object.assign(entry, { kind: 'genome' })
    expect(screen(odd, context).outcome).toBe('held')
  })

  test('holds what has an unreadable date', () => {
    const [entry, context] = given({
      entry: { kind: 'measurement', title: 'Body weight', value: { number: 80, unit: 'kg' } },
    })
    expect(screen(entry, context).outcome).toBe('released')
    expect(screen({ ...entry, clinicalAt: new Date(Number.NaN) }, context).outcome).toBe('held')
  })

  test('takes what is said of a child for somebody else’s only where the patient was none', () => {
    const [entry, context] = given({
      entry: {
        kind: 'immunisation',
        title: 'Preschool booster diphtheria tetanus pertussis polio',
        codings: [{ system: 's', code: '1' }],
        detail: { given: true },
      },
    })
    const at = (day: string) => screen({ ...entry, clinicalAt: new Date(day) }, context)
    expect(at('1983-05-02').outcome).toBe('released')
    for (const day of ['2025-05-02', '1979-05-02']) {
      const rules = at(day).reasons.map(({ rule }) => rule)
      expect(rules).toContain('text.wrong.child-in-adult')
    }
    expect(screen(entry, context).outcome).toBe('held')
    const other = { ...entry, clinicalAt: new Date('1983-05-02'), text: 'Wife rang about him.' }
    expect(screen(other, context).outcome).toBe('held')
  })

  test.each([
    ['Alcohol units consumed per week', 14, 'units', false],
    ['Alcohol units consumed per week', 15, 'units', true],
    ['Alcohol consumption', 4, 'units/week', false],
    ['Alcohol consumption', 4, 'g/day', true],
    ['Alcohol dependence', 4, 'units', true],
  ])('%s of %d %s holds what is near it: %s', (title, number, unit, is) => {
    const [entry] = given({ entry: { kind: 'observation', title, value: { number, unit } } })
    expect(isSensitive(entry)).toBe(is)
  })

  test('names each rule once and says which version it is', () => {
    const ids = [...ruleset.holds, ...ruleset.clears].map((rule) => rule.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ruleset.version).toMatch(/^\d{4}-\d{2}-[a-z]$/)
  })
})
