import { describe, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/time'
import { decideAskable, repeatNames } from './askable.ts'
import { listOf } from './lists.ts'
import type { MedicationId, Medicine } from './medicine.ts'
import { decideOrder } from './order.ts'
import { defaultOrderRules } from './orderable.ts'

const day = (text: string) => text as LocalDate
const today = day('2026-04-01')
const rules = { ...defaultOrderRules, acuteRequests: true }
const facts = { names: new Set<string>(), rules, today }

function aMedicine(given: Partial<Medicine> = {}): Medicine {
  return {
    medicationId: 'm' as MedicationId,
    name: 'Amoxicillin 500mg capsules',
    type: 'acute',
    status: 'completed',
    ...given,
  }
}

describe('decideAskable', () => {
  test('lets a past or short-term medicine be asked for where the practice allows it', () => {
    expect(decideAskable(aMedicine(), [], facts).ok).toBe(true)
    expect(decideAskable(aMedicine({ status: 'active' }), [], facts).ok).toBe(true)
    expect(decideAskable(aMedicine({ type: 'repeat', status: 'stopped' }), [], facts).ok).toBe(true)
  })

  test('refuses where the practice has not allowed it, which is what holds for all at first', () => {
    const off = { ...facts, rules: defaultOrderRules }
    expect(decideAskable(aMedicine(), [], off)).toEqual({
      ok: false,
      refusal: { reason: 'not-allowed' },
    })
  })

  test.each([
    ['an active repeat', { type: 'repeat', status: 'active' } as const, 'is-repeat'],
    [
      'one in repeat dispensing',
      { type: 'repeat-dispensing', status: 'active' } as const,
      'pharmacy-has-it',
    ],
    ['one to speak about', { needsConversation: true } as const, 'needs-conversation'],
  ])('refuses %s', (_, given, reason) => {
    expect(decideAskable(aMedicine(given), [], facts)).toMatchObject({ refusal: { reason } })
  })

  test('sends a past medicine to the list of repeats where it is a repeat by another entry', () => {
    const names = repeatNames([
      aMedicine({ name: 'Amoxicillin  500MG capsules', type: 'repeat', status: 'active' }),
    ])
    expect(decideAskable(aMedicine(), [], { ...facts, names })).toEqual({
      ok: false,
      refusal: { reason: 'has-repeat' },
    })
  })

  test('refuses what is asked for already, in each state that waits, and what is on its way', () => {
    for (const state of ['requested', 'received', 'asked'] as const) {
      const requests = [{ state, requestedOn: day('2026-03-30') }]
      expect(decideAskable(aMedicine(), requests, facts)).toEqual({
        ok: false,
        refusal: { reason: 'already-requested', since: '2026-03-30' },
      })
    }
    const sent = {
      state: 'sent' as const,
      requestedOn: day('2026-03-01'),
      decidedOn: day('2026-03-03'),
    }
    const on = (date: string) => decideAskable(aMedicine(), [sent], { ...facts, today: day(date) })
    expect(on('2026-04-01')).toEqual({
      ok: false,
      refusal: { reason: 'on-its-way', since: '2026-03-03' },
    })
    expect(on('2026-04-02').ok).toBe(true)
    const collected = [{ ...sent, state: 'collected' as const }]
    expect(decideAskable(aMedicine(), collected, facts).ok).toBe(true)
  })
})

describe('decideOrder of an acute request', () => {
  const shown = [{ medicine: aMedicine(), requests: [] }]
  const asked = { medicationIds: ['m' as MedicationId], kind: 'acute' as const }

  test('needs to be told what for, even where notes are not taken', () => {
    const quiet = { ...rules, noteAllowed: false }
    expect(decideOrder({ ...asked, note: '' }, shown, quiet, today)).toMatchObject({
      refusal: { faults: [{ fault: 'reason-missing' }] },
    })
    expect(decideOrder({ ...asked, note: 'My ear again' }, shown, quiet, today).ok).toBe(true)
  })

  test('says where an order cannot go', () => {
    const going = {
      ...asked,
      note: 'My ear',
      destination: { kind: 'dispensing-practice' as const },
    }
    expect(decideOrder(going, shown, rules, today)).toMatchObject({
      refusal: { faults: [{ fault: 'does-not-dispense' }] },
    })
    expect(decideOrder(going, shown, { ...rules, dispenses: true }, today).ok).toBe(true)
  })
})

describe('listOf', () => {
  test.each([
    ['repeat', 'active', 'current'],
    ['repeat', 'stopped', 'past'],
    ['repeat', 'completed', 'past'],
    ['repeat-dispensing', 'active', 'repeat-dispensing'],
    ['repeat-dispensing', 'stopped', 'past'],
    ['acute', 'active', 'acute'],
    ['acute', 'completed', 'past'],
    ['delayed', 'active', 'acute'],
  ] as const)('puts %s and %s under %s', (type, status, list) => {
    expect(listOf({ type, status })).toBe(list)
  })
})
