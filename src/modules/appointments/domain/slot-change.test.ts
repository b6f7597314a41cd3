import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import { decideSlotChange } from './slot-change.ts'
import type { Slot } from './slot.ts'

const now = new Date('2026-03-02T08:00:00Z')

function aSlot(given: Partial<Slot> = {}): Slot {
  return {
    slotId: newId(now),
    startsAt: minutesAfter(now, 60),
    minutes: 10,
    state: 'free',
    bookableOnline: false,
    nationalCategory: 'Planned Clinics',
    deliveryChannel: 'video',
    ...given,
  }
}

describe('decideSlotChange', () => {
  test('refuses to block a booked slot, and names only that one', () => {
    const [free, booked] = [aSlot(), aSlot({ state: 'booked' })]
    expect(decideSlotChange([free, booked], { action: 'block' }, now)).toEqual({
      ok: false,
      refusal: { reason: 'booked', slotIds: [booked.slotId] },
    })
  })

  test('refuses to publish slots without a care-related category or a channel', () => {
    const { deliveryChannel: _, ...noChannel } = aSlot()
    const meeting = aSlot({ nationalCategory: 'Practice meeting' })
    expect(
      decideSlotChange([noChannel, meeting], { action: 'publish', releasedAt: now }, now),
    ).toEqual({
      ok: false,
      refusal: { reason: 'not-described', slotIds: [noChannel.slotId, meeting.slotId] },
    })
  })

  test('refuses to change what has started', () => {
    const begun = aSlot({ startsAt: now })
    expect(decideSlotChange([begun], { action: 'unblock' }, now)).toMatchObject({
      refusal: { reason: 'in-the-past' },
    })
  })

  test('takes a booked slot offline, as its appointment stays', () => {
    expect(decideSlotChange([aSlot({ state: 'booked' })], { action: 'withdraw' }, now).ok).toBe(
      true,
    )
  })
})
