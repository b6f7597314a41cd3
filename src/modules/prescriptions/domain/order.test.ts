import { describe, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/time'
import type { MedicationId, Medicine } from './medicine.ts'
import { decideOrder, type ShownMedicine } from './order.ts'
import { defaultOrderRules } from './orderable.ts'

const today = '2026-03-10' as LocalDate
const id = (name: string) => name as MedicationId

function shown(given: Partial<Medicine> & { readonly medicationId: MedicationId }): ShownMedicine {
  const medicine: Medicine = {
    name: given.medicationId,
    type: 'repeat',
    status: 'active',
    ...given,
  }
  return { medicine, requests: [] }
}

describe('decideOrder', () => {
  test('tells every fault at once, each medicine by name', () => {
    const early = shown({ medicationId: id('early'), durationDays: 28, lastIssuedOn: today })
    const stopped = shown({ medicationId: id('stopped'), status: 'stopped' })
    const good = shown({ medicationId: id('good') })
    const asked = { medicationIds: [id('early'), id('good'), id('stopped')], note: 'x'.repeat(501) }
    const decision = decideOrder(asked, [early, good, stopped], defaultOrderRules, today)
    expect(decision).toMatchObject({
      refusal: {
        faults: [
          { fault: 'not-orderable', medicine: { name: 'early' }, why: { reason: 'too-early' } },
          { fault: 'not-orderable', medicine: { name: 'stopped' }, why: { reason: 'stopped' } },
          { fault: 'note-too-long' },
        ],
      },
    })
  })

  test('takes a medicine that was chosen twice once', () => {
    const decision = decideOrder(
      { medicationIds: [id('good'), id('good')], note: 'x'.repeat(500) },
      [shown({ medicationId: id('good') })],
      defaultOrderRules,
      today,
    )
    expect(decision).toMatchObject({ ok: true, value: [{ medicine: { name: 'good' } }] })
  })

  test('knows no medicine that is not shown, whatever else is wrong', () => {
    const decision = decideOrder(
      { medicationIds: [id('held')], note: 'x'.repeat(501) },
      [shown({ medicationId: id('good') })],
      defaultOrderRules,
      today,
    )
    expect(decision).toEqual({ ok: false, refusal: { reason: 'not-found' } })
  })

  test('asks to choose at least one medicine', () => {
    const decision = decideOrder({ medicationIds: [], note: '' }, [], defaultOrderRules, today)
    expect(decision).toMatchObject({ refusal: { faults: [{ fault: 'nothing-chosen' }] } })
  })

  test('refuses a note where the practice takes none', () => {
    const rules = { ...defaultOrderRules, noteAllowed: false }
    const decision = decideOrder(
      { medicationIds: [id('good')], note: 'Please' },
      [shown({ medicationId: id('good') })],
      rules,
      today,
    )
    expect(decision).toMatchObject({ refusal: { faults: [{ fault: 'note-not-allowed' }] } })
  })

  test('wants a note where the practice does, and none where it takes none', () => {
    const good = shown({ medicationId: id('good') })
    const asked = { medicationIds: [id('good')], note: '' }
    const on = (note: string, given: Partial<typeof defaultOrderRules>) =>
      decideOrder({ ...asked, note }, [good], { ...defaultOrderRules, ...given }, today)
    expect(on('', { noteRequired: true })).toMatchObject({
      refusal: { faults: [{ fault: 'note-missing' }] },
    })
    expect(on('For the school', { noteRequired: true }).ok).toBe(true)
    expect(on('For the school', { noteAllowed: false })).toMatchObject({
      refusal: { faults: [{ fault: 'note-not-allowed' }] },
    })
  })
})
