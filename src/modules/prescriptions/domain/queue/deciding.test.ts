import { describe, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/time'
import type { MedicationId, Medicine } from '../medicine.ts'
import { defaultOrderRules, type OrderRules } from '../orderable.ts'
import { alertKey, alertsOf, type DecisionFacts } from './alert.ts'
import { decideApproval } from './approval.ts'
import { mayBulkApprove, notInBulk, type BulkFacts } from './bulk.ts'
import { flagsOf, onlineBarsOf, type FlagId, type MedicineFlag } from './flag.ts'
import { isTest, monitoringOf } from './monitoring.ts'
import { countForDays, decideQuantity } from './quantity.ts'
import { statedOf } from './stated.ts'

const day = (text: string) => text as LocalDate
const today = day('2026-04-01')
const metformin: Medicine = {
  medicationId: '0198-med' as MedicationId,
  name: 'Metformin 500mg tablets',
  type: 'repeat',
  status: 'active',
  quantity: '56 tablet',
  durationDays: 28,
  lastIssuedOn: day('2026-03-04'),
  reviewDueOn: day('2026-09-01'),
}
const plain: DecisionFacts = {
  medicine: metformin,
  kind: 'repeat',
  decided: [],
  flags: [],
  monitoring: [],
  allergies: [],
  cautions: [],
}
const rules: OrderRules = defaultOrderRules

function aFlag(given: Partial<MedicineFlag> = {}): MedicineFlag {
  return {
    flagId: 'flag' as FlagId,
    name: 'Flag',
    words: 'metformin',
    alwaysReview: false,
    hiddenOnline: false,
    needsConversation: false,
    isControlled: false,
    isSpecialist: false,
    ...given,
  }
}

const kinds = (facts: DecisionFacts, by: OrderRules = rules) =>
  alertsOf(facts, by, today).map(({ alert }) => alert)
const withMedicine = (given: Partial<Medicine>): DecisionFacts => ({
  ...plain,
  medicine: { ...metformin, ...given },
})

describe('flagsOf', () => {
  test.each([
    ['metformin', true],
    ['METFORMIN'.toLowerCase(), true],
    ['metformin 500mg', true],
    ['500mg metformin', true],
    ['metfor', false],
    ['morphine, metformin', true],
    ['metformin gliclazide', false],
    [' , ', false],
  ])('knows “%s” in Metformin 500mg tablets: %s', (words, isMeant) => {
    const medicine = { name: metformin.name, codes: [] }
    expect(flagsOf(medicine, [{ words }])).toHaveLength(isMeant ? 1 : 0)
  })

  test('knows a medicine by its code, whatever it is called', () => {
    const flag = { code: '325278007' }
    expect(flagsOf({ name: 'Tablets', codes: ['1', '325278007'] }, [flag])).toEqual([flag])
    expect(flagsOf({ name: '325278007', codes: [] }, [flag])).toEqual([])
  })

  test('bars ordering online where any flag does', () => {
    expect(onlineBarsOf([aFlag(), aFlag({ hiddenOnline: true })])).toEqual({ isHiddenOnline: true })
    expect(onlineBarsOf([aFlag({ needsConversation: true })])).toEqual({ needsConversation: true })
    expect(onlineBarsOf([aFlag({ isControlled: true })])).toEqual({})
  })
})

describe('monitoringOf', () => {
  const flag = aFlag({ monitoring: { test: 'full blood count', days: 90 } })
  const tested = (title: string, on: string) => ({ title, on: day(on) })

  test('is due the day after the interval from the last test, not on it', () => {
    const on = (last: string) =>
      monitoringOf([flag], { tests: [tested('Full blood count', last)], set: [] }, today)[0]
    expect(on('2026-01-01')).toMatchObject({ dueOn: '2026-04-01', isDue: false })
    expect(on('2025-12-31')).toMatchObject({ dueOn: '2026-03-31', isDue: true })
  })

  test('counts the later of the record’s test and the day that staff set', () => {
    const known = {
      tests: [
        tested('FULL BLOOD COUNT - FBC', '2025-06-01'),
        tested('Renal profile', '2026-03-01'),
      ],
      set: [{ flagId: flag.flagId, on: day('2026-02-01') }],
    }
    expect(monitoringOf([flag], known, today)[0]).toMatchObject({
      lastOn: '2026-02-01',
      isDue: false,
    })
  })

  test('is due where nothing is known, and a test after today is no evidence', () => {
    const known = { tests: [tested('Full blood count', '2026-04-02')], set: [] }
    expect(monitoringOf([flag], known, today)).toMatchObject([{ isDue: true }])
    expect(monitoringOf([aFlag()], known, today)).toEqual([])
  })

  test('takes a title for the test only if it has all its words', () => {
    expect(isTest({ test: 'urea electrolytes' }, 'Urea and electrolytes')).toBe(true)
    expect(isTest({ test: 'blood count' }, 'Blood pressure')).toBe(false)
    expect(isTest({ test: ' ' }, 'Anything')).toBe(false)
  })
})

describe('alertsOf', () => {
  test('has nothing to say of a plain repeat that is due', () => {
    expect(alertsOf(plain, rules, today)).toEqual([])
  })

  test.each<[string, DecisionFacts, string]>([
    ['gone', { ...plain, medicine: undefined }, 'not-in-record'],
    ['stopped', withMedicine({ status: 'stopped' }), 'not-current'],
    ['acute, asked for as a repeat', withMedicine({ type: 'acute' }), 'not-current'],
    ['too early', withMedicine({ lastIssuedOn: day('2026-03-12') }), 'too-early'],
    ['without issues', withMedicine({ issuesAllowed: 6, issuesMade: 6 }), 'no-issues-left'],
    ['past its review', withMedicine({ reviewDueOn: day('2026-03-31') }), 'review-overdue'],
    [
      'not issued for long',
      withMedicine({ lastIssuedOn: day('2025-09-30') }),
      'not-issued-recently',
    ],
    ['with another dose', withMedicine({ isDoseChanged: true }), 'dose-changed'],
    ['asked for as acute', { ...withMedicine({ type: 'acute' }), kind: 'acute' }, 'short-term'],
    ['controlled', { ...plain, flags: [aFlag({ isControlled: true })] }, 'controlled'],
    ['specialist', { ...plain, flags: [aFlag({ isSpecialist: true })] }, 'specialist'],
    ['always looked at', { ...plain, flags: [aFlag({ alwaysReview: true })] }, 'always-review'],
    ['hidden', { ...plain, flags: [aFlag({ hiddenOnline: true })] }, 'hidden-online'],
    [
      'to be spoken about',
      { ...plain, flags: [aFlag({ needsConversation: true })] },
      'needs-conversation',
    ],
  ])('warns of one that is %s', (_, facts, alert) => {
    expect(kinds(facts)).toEqual([alert])
  })

  test('is not late with a review on its day, nor early on the first day of the window', () => {
    expect(kinds(withMedicine({ reviewDueOn: today }))).toEqual([])
    expect(kinds(withMedicine({ lastIssuedOn: day('2026-03-11') }))).toEqual([])
    expect(kinds(withMedicine({ lastIssuedOn: day('2025-10-01') }))).toEqual([])
  })

  test('warns of what the record says itself, first', () => {
    const said = statedOf(metformin, {
      allergies: [
        { title: 'Metformin adverse reaction', reactions: [] },
        { title: 'Penicillin allergy', reactions: [] },
      ],
      cautions: [
        { entryId: 'other', title: 'Warfarin', words: 'Warfarin. Interacts with aspirin' },
        { entryId: 'one', title: 'Contrast', words: 'Metformin interacts with contrast media' },
      ],
    })
    const facts = { ...withMedicine({ reviewDueOn: day('2026-03-31') }), ...said }
    expect(alertsOf(facts, rules, today).map(alertKey)).toEqual([
      'allergy-stated:metformin-adverse-reaction',
      'caution-stated:one',
      'review-overdue',
    ])
  })
})

describe('decideApproval', () => {
  const decide = (facts: DecisionFacts, asked = {}, by: OrderRules = rules) =>
    decideApproval(facts, asked, { rules: by, today })
  const overdue = withMedicine({ reviewDueOn: day('2026-03-31') })
  const once: OrderRules = { ...rules, reviewOverdue: 'allow-once-reduced', reducedDays: 7 }

  test('approves what nothing speaks against, with the usual quantity', () => {
    expect(decide(plain)).toEqual({ ok: true, value: {} })
  })

  test('never approves past an alert that the person was not shown', () => {
    expect(decide(overdue)).toMatchObject({
      refusal: { reason: 'alerts-unseen', alerts: [{ alert: 'review-overdue' }] },
    })
    expect(decide(overdue, { seen: ['too-early'] }).ok).toBe(false)
    expect(decide(overdue, { seen: ['review-overdue'] }).ok).toBe(true)
  })

  test('never approves what the record has no more, whatever was seen', () => {
    expect(decide({ ...plain, medicine: undefined }, { seen: ['not-in-record'] })).toMatchObject({
      refusal: { reason: 'not-current' },
    })
  })

  test('approves only a smaller supply where a review is overdue and one is allowed', () => {
    const seen = ['review-overdue']
    expect(decide(overdue, { seen }, once)).toMatchObject({
      refusal: { reason: 'reduce-first', maxDays: 7 },
    })
    expect(decide(overdue, { seen, count: 15 }, once)).toMatchObject({
      refusal: { reason: 'quantity-too-long', maxDays: 7 },
    })
    expect(decide(overdue, { seen, count: 14 }, once)).toEqual({
      ok: true,
      value: { quantity: '14 tablet' },
    })
    expect(decide(plain, {}, once).ok).toBe(true)
  })

  test('warns of a second smaller supply after a review fell due', () => {
    const facts: DecisionFacts = {
      ...withMedicine({ reviewDueOn: day('2026-03-01'), lastIssuedOn: day('2026-03-02') }),
    }
    expect(kinds(facts, once)).toEqual(['review-overdue', 'reduced-already'])
  })
})

describe('decideQuantity', () => {
  const lower = { quantityPolicy: 'lower-only', quantityMaxDays: 28 } as const
  const upTo = { quantityPolicy: 'up-to-days', quantityMaxDays: 56 } as const

  test('lets a quantity be lowered, and says how long it lasts', () => {
    expect(decideQuantity(metformin, 28, lower)).toEqual({
      ok: true,
      value: { quantity: '28 tablet', days: 14 },
    })
    expect(decideQuantity(metformin, 56, lower).ok).toBe(true)
    expect(decideQuantity(metformin, 57, lower)).toMatchObject({
      refusal: { reason: 'quantity-raised' },
    })
  })

  test('lets it be raised up to so many days, to the day', () => {
    expect(decideQuantity(metformin, 112, upTo)).toMatchObject({ value: { days: 56 } })
    expect(decideQuantity(metformin, 113, upTo)).toMatchObject({
      refusal: { reason: 'quantity-too-long', maxDays: 56 },
    })
  })

  test.each([
    ['no number', { ...metformin, quantity: 'one bottle' }, 1],
    ['no length', { ...metformin, durationDays: undefined }, 1],
    ['nothing', metformin, 0],
    ['less than nothing', metformin, -1],
  ])('refuses %s', (_, usual, count) => {
    expect(decideQuantity(usual, count, upTo)).toMatchObject({
      refusal: { reason: 'quantity-unclear' },
    })
  })

  test('knows the most whole units for so many days', () => {
    expect(countForDays(metformin, 7)).toBe(14)
    expect(countForDays({ quantity: '1 inhaler', durationDays: 28 }, 7)).toBeUndefined()
    expect(countForDays(metformin, 280)).toBe(56)
  })
})

describe('mayBulkApprove', () => {
  const item: BulkFacts = { ...plain, alerts: [], note: '', hasWords: false }
  const may = (given: Partial<BulkFacts>) => mayBulkApprove({ ...item, ...given }, rules, today)

  test('lets a plain repeat be approved with others', () => {
    expect(may({})).toBe(true)
    expect(may({ medicine: { ...metformin, reviewDueOn: today } })).toBe(true)
  })

  test.each<[string, Partial<BulkFacts>, string]>([
    ['an alert', { alerts: [{ alert: 'under-use' as const, use: anyUse() }] }, 'alert'],
    ['any flag, even one that warns of nothing', { flags: [aFlag()] }, 'flag'],
    ['a note', { note: 'Please hurry' }, 'note'],
    ['a question or a word between staff', { hasWords: true }, 'words'],
    ['no repeat', { kind: 'acute' as const }, 'not-repeat'],
    ['no medicine', { medicine: undefined }, 'not-repeat'],
    [
      'a review that nobody knows the day of',
      { medicine: { ...metformin, reviewDueOn: undefined } },
      'review-not-in-date',
    ],
    [
      'a review that is overdue',
      { medicine: { ...metformin, reviewDueOn: day('2026-03-31') } },
      'review-not-in-date',
    ],
    [
      'a last supply that nobody knows',
      { medicine: { ...metformin, lastIssuedOn: undefined } },
      'supply-unknown',
    ],
    [
      'a supply that lasts nobody knows how long',
      { medicine: { ...metformin, durationDays: undefined } },
      'supply-unknown',
    ],
  ])('keeps out what has %s', (_, given, why) => {
    expect(notInBulk({ ...item, ...given }, rules, today)).toBe(why)
    expect(may(given)).toBe(false)
  })

  test('keeps everything out where the practice approves one at a time', () => {
    expect(notInBulk(item, { bulkApprove: false }, today)).toBe('switched-off')
  })
})

function anyUse() {
  return { since: today, suppliedDays: 1, elapsedDays: 2, percent: 50, kind: 'under' as const }
}
