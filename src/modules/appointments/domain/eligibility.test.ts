import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { whyNotEligible } from './eligibility.ts'
import type { Eligibility, SlotTypeId, TypeTerms } from './slot-type.ts'

const now = new Date('2026-03-02T08:00:00Z')
const slotTypeId: SlotTypeId = newId(now)
const anyone: TypeTerms = { ownSiteOnly: false, ownClinicianOnly: false, invitedOnly: false }
const patient: Eligibility = { bornOn: '1986-06-14' as LocalDate, sex: 'female', invitedTo: [] }

function why(
  terms: Partial<TypeTerms>,
  given: Partial<Eligibility> = {},
  slot: { readonly startsAt?: Date; readonly staffId?: never; readonly siteId?: never } = {},
) {
  const asked = { startsAt: new Date('2026-06-14T09:00:00Z'), slotTypeId, ...slot }
  return whyNotEligible({ ...asked, terms: { ...anyone, ...terms } }, { ...patient, ...given })
}

describe('whyNotEligible', () => {
  test('lets anyone have a slot without a type, or of a type without terms', () => {
    expect(whyNotEligible({ startsAt: now }, patient)).toBeUndefined()
    expect(why({})).toBeUndefined()
  })

  test('counts age on the day of the slot in England, both ends included', () => {
    expect(why({ minAge: 40 })).toBeUndefined()
    expect(why({ minAge: 40 }, {}, { startsAt: new Date('2026-06-13T22:59:00Z') })).toBe('age')
    expect(why({ minAge: 40 }, {}, { startsAt: new Date('2026-06-13T23:00:00Z') })).toBeUndefined()
    expect(why({ maxAge: 39 })).toBe('age')
    expect(why({ maxAge: 39 }, {}, { startsAt: new Date('2026-06-13T12:00:00Z') })).toBeUndefined()
  })

  test('reaches the birthday of 29 February on 1 March', () => {
    const born = { bornOn: '2008-02-29' as LocalDate }
    expect(why({ minAge: 18 }, born, { startsAt: new Date('2026-02-28T12:00:00Z') })).toBe('age')
    expect(
      why({ minAge: 18 }, born, { startsAt: new Date('2026-03-01T12:00:00Z') }),
    ).toBeUndefined()
  })

  test('asks for the recorded sex, and what is not known does not meet it', () => {
    expect(why({ sex: 'female' })).toBeUndefined()
    expect(why({ sex: 'male' })).toBe('sex')
    expect(why({ sex: 'female' }, { sex: 'unknown' })).toBe('sex')
  })

  test('keeps a site’s and a clinician’s slots for those who have them', () => {
    const site = newId<'Site'>(now)
    const clinician = newId<'Staff'>(now)
    const slot = { startsAt: now, slotTypeId, siteId: site, staffId: clinician }
    const own = { ...anyone, ownSiteOnly: true, ownClinicianOnly: true }
    expect(whyNotEligible({ ...slot, terms: own }, patient)).toBe('site')
    expect(whyNotEligible({ ...slot, terms: own }, { ...patient, siteId: site })).toBe('clinician')
    const theirs = { ...patient, siteId: site, usualStaffId: clinician }
    expect(whyNotEligible({ ...slot, terms: own }, theirs)).toBeUndefined()
  })

  test('counts the main site as a site of its own', () => {
    expect(why({ ownSiteOnly: true })).toBeUndefined()
    expect(why({ ownSiteOnly: true }, { siteId: newId<'Site'>(now) })).toBe('site')
  })

  test('keeps invited slots for those invited to that very type', () => {
    expect(why({ invitedOnly: true })).toBe('invitation')
    expect(why({ invitedOnly: true }, { invitedTo: [newId(now)] })).toBe('invitation')
    expect(why({ invitedOnly: true }, { invitedTo: [slotTypeId] })).toBeUndefined()
  })
})
