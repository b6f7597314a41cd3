import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, parseLocalDate } from '#kernel/time'
import type { HeldAppointment } from '../booking.ts'
import { defaultRules } from '../slot.ts'
import {
  deskAlerts,
  decideAtDesk,
  whyNotAtDesk,
  type DeskFacts,
  type DeskPatient,
  type DeskSlot,
} from './booking.ts'
import { whyNotChangeable } from './changing.ts'
import { decideOverbooking } from './overbooking.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:00:00Z')
const bornOn = parseLocalDate('1961-04-12')
if (!bornOn) throw new Error('Not a day')

const slot: DeskSlot = {
  slotId: newId<'Slot'>(now),
  startsAt,
  minutes: 10,
  state: 'free',
  bookableOnline: false,
  deliveryChannel: 'in-person',
}
const patient: DeskPatient = { bornOn, sex: 'female', invitedTo: [], registration: 'active' }
const plain: DeskFacts = { slot, patient, held: [], settings: defaultRules }

function aHeld(at: Date, place = 1): HeldAppointment {
  return {
    appointmentId: newId<'Appointment'>(now),
    slotId: newId<'Slot'>(now),
    startsAt: at,
    endsAt: minutesAfter(at, 10),
    place,
  }
}

const names = (facts: DeskFacts) => deskAlerts(facts, now).map((alert) => alert.alert)

describe('deskAlerts', () => {
  test('has nothing to say of a free slot of no type for a patient with nothing booked', () => {
    expect(names(plain)).toEqual([])
  })

  test('says which term of the type the patient does not meet', () => {
    const terms = {
      minAge: 65,
      ownSiteOnly: false,
      ownClinicianOnly: false,
      invitedOnly: false,
    }
    expect(deskAlerts({ ...plain, slot: { ...slot, terms } }, now)).toEqual([
      { alert: 'not-eligible', unmet: 'age' },
    ])
  })

  test('says that the limit is reached, which counts what is to come', () => {
    const future = [aHeld(minutesAfter(startsAt, 3000)), aHeld(minutesAfter(startsAt, 6000), 2)]
    expect(names({ ...plain, held: future })).toEqual(['over-limit'])
    expect(names({ ...plain, held: future.slice(1) })).toEqual([])
    const running = aHeld(minutesAfter(now, -5))
    expect(names({ ...plain, held: [running, aHeld(minutesAfter(startsAt, 3000))] })).toEqual([])
  })

  test('says that there is another that day in England, to the minute of its midnight', () => {
    const evening = { ...slot, startsAt: new Date('2026-06-01T22:00:00Z') }
    const at = (time: string) => ({ ...plain, slot: evening, held: [aHeld(new Date(time))] })
    expect(names(at('2026-06-01T22:59:00Z'))).toEqual(['same-day'])
    expect(names(at('2026-06-01T23:00:00Z'))).toEqual([])
  })

  test('says that patients cannot book it yet, until the moment that they can', () => {
    const at = (releasedAt: Date) => ({
      ...plain,
      slot: { ...slot, bookableOnline: true, releasedAt },
    })
    expect(names(at(new Date(now.getTime() + 1)))).toEqual(['not-released'])
    expect(names(at(now))).toEqual([])
  })
})

describe('decideAtDesk', () => {
  const decide = (facts: DeskFacts, given: { phone?: string; seen?: readonly string[] } = {}) =>
    decideAtDesk(facts, { seen: [], ...given }, now)

  test.for([
    ['booked', 'slot-taken'],
    ['held', 'slot-held'],
    ['blocked', 'slot-blocked'],
  ] as const)('never takes a slot that is %s', ([state, reason]) => {
    const taken = decide({ ...plain, slot: { ...slot, state } })
    expect(taken).toEqual({ ok: false, refusal: { reason } })
  })

  test('refuses two at one time always, and lets one end as the other begins', () => {
    const seen = ['same-day']
    const clash = aHeld(minutesAfter(startsAt, 9))
    expect(decide({ ...plain, held: [clash] }, { seen })).toEqual({
      ok: false,
      refusal: { reason: 'overlaps-another', appointmentId: clash.appointmentId },
    })
    expect(decide({ ...plain, held: [aHeld(minutesAfter(startsAt, 10))] }, { seen }).ok).toBe(true)
    expect(decide({ ...plain, held: [aHeld(minutesAfter(startsAt, -10))] }, { seen }).ok).toBe(true)
  })

  test('books over the limit once staff have seen that it is, and not before', () => {
    const held = [aHeld(minutesAfter(startsAt, 3000)), aHeld(minutesAfter(startsAt, 6000), 2)]
    expect(decide({ ...plain, held })).toMatchObject({
      ok: false,
      refusal: { reason: 'alerts-unseen', alerts: [{ alert: 'over-limit' }] },
    })
    expect(decide({ ...plain, held }, { seen: ['over-limit'] })).toMatchObject({
      ok: true,
      value: { place: 3 },
    })
  })

  test('stops at the 20 places that there are', () => {
    const held = Array.from({ length: 20 }, (_, place) =>
      aHeld(minutesAfter(startsAt, 3000 * (place + 1)), place + 1),
    )
    expect(decide({ ...plain, held }, { seen: ['over-limit'] })).toEqual({
      ok: false,
      refusal: { reason: 'too-many-places' },
    })
  })

  test('asks for a number where the patient is phoned', () => {
    const phoned: DeskFacts = { ...plain, slot: { ...slot, deliveryChannel: 'telephone' } }
    expect(decide(phoned)).toEqual({ ok: false, refusal: { reason: 'phone-needed' } })
    expect(decide(phoned, { phone: '01632 960 001' }).ok).toBe(true)
  })

  test('refuses what has started, what was cancelled, and who has left or died', () => {
    const why = (facts: Partial<DeskFacts>) => whyNotAtDesk({ ...plain, ...facts }, now)?.reason
    expect(why({ slot: { ...slot, startsAt: now } })).toBe('in-the-past')
    expect(why({ slot: { ...slot, startsAt: new Date(now.getTime() + 1) } })).toBeUndefined()
    expect(why({ slot: { ...slot, sessionCancelledAt: now } })).toBe('session-cancelled')
    expect(why({ patient: { ...patient, registration: 'left' } })).toBe('not-registered')
    expect(why({ patient: { ...patient, registration: 'deceased' } })).toBe('not-registered')
    expect(why({ patient: { ...patient, registration: 'temporary' } })).toBeUndefined()
    const own = { ...aHeld(startsAt), slotId: slot.slotId }
    expect(why({ held: [own], slot: { ...slot, state: 'booked' } })).toBe('already-theirs')
  })
})

describe('whyNotChangeable', () => {
  const appointment = { appointmentId: newId<'Appointment'>(now), startsAt: now }
  const just = new Date(now.getTime() - 1)

  test('lets staff move and cancel until the start, whatever the patient’s cut-off', () => {
    expect(whyNotChangeable(appointment, just)).toBeUndefined()
    expect(whyNotChangeable(appointment, now)).toEqual({ reason: 'in-the-past' })
  })

  test('refuses what is cancelled, and what somebody came to', () => {
    expect(whyNotChangeable({ ...appointment, cancelledAt: just }, just)).toEqual({
      reason: 'cancelled-already',
    })
    expect(whyNotChangeable({ ...appointment, arrivedAt: just }, just)).toEqual({
      reason: 'came-already',
    })
  })
})

describe('decideOverbooking', () => {
  const session = { startsAt, endsAt: minutesAfter(startsAt, 120) }
  const asked = { time: '09:05', minutes: 10, reason: 'Asked by Dr Okafor' }
  const decide = (given: Partial<typeof asked>, at = now) =>
    decideOverbooking(session, { ...asked, ...given }, at)

  test('adds one from the start of the session to its end, and no earlier or later', () => {
    expect(decide({})).toEqual({ ok: true, value: minutesAfter(startsAt, 5) })
    expect(decide({ time: '09:00' }).ok).toBe(true)
    expect(decide({ time: '11:00' }).ok).toBe(true)
    expect(decide({ time: '08:59' })).toEqual({ ok: false, refusal: 'outside-session' })
    expect(decide({ time: '11:01' })).toEqual({ ok: false, refusal: 'outside-session' })
  })

  test('needs a reason, a session that goes ahead and a time to come', () => {
    expect(decide({ reason: '' })).toEqual({ ok: false, refusal: 'reason-needed' })
    expect(decide({}, minutesAfter(startsAt, 5))).toEqual({ ok: false, refusal: 'in-the-past' })
    const off = { ...session, cancelledAt: now }
    expect(decideOverbooking(off, asked, now)).toEqual({ ok: false, refusal: 'session-cancelled' })
  })

  test('refuses a time that the clocks skip', () => {
    const night = {
      startsAt: new Date('2026-03-29T00:00:00Z'),
      endsAt: new Date('2026-03-29T05:00:00Z'),
    }
    expect(decideOverbooking(night, { ...asked, time: '01:30' }, now)).toEqual({
      ok: false,
      refusal: 'time-skipped-by-clock-change',
    })
  })
})
