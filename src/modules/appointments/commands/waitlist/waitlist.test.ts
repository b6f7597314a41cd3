import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, localDateOf, minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import {
  bookAppointment,
  cancelAppointment,
  setBookingRules,
  type AppointmentId,
  type SlotId,
} from '#modules/appointments'
import { aClinic, aKey, aNewSlot, storedSlots } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import type { PracticeSettings } from '../../domain/slot.ts'
import type { Joining } from '../../domain/waitlist/joining.ts'
import type { OfferId, WaitlistId } from '../../domain/waitlist/line.ts'
import { allWeekdays, anyTime, type Wishes } from '../../domain/waitlist/wishes.ts'
import { acceptOffer, acceptOfferForPatient } from './accept-offer.ts'
import { declineOffer } from './decline-offer.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { endPlaceForPractice, leaveWaitlist } from './leave-waitlist.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:00:00Z')

type Patient = Acting<'appointments'>

let test$: TestDatabase
let db: Database
let practice: OdsCode
let holder: Patient
let ann: Patient
let bea: Patient
let slotId: SlotId
let held: AppointmentId

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  test$.setNow(now)
  practice = await aPractice(db)
  await setRules({})
  ;[holder, ann, bea] = await Promise.all([someone(), someone(), someone()])
  slotId = await aSlotAt(startsAt)
  held = await booked(holder, slotId)
})

async function someone(): Promise<Patient> {
  return (await aPatient<'appointments'>(db, practice)).acting
}

function setRules(rules: Partial<PracticeSettings>): Promise<void> {
  return db.transaction(systemProof(practice), (tx) =>
    setBookingRules(tx, { maxHeld: 1, offerMinutes: 60, maxMissedOffers: 2, ...rules }),
  )
}

async function aSlotAt(at: Date, given = {}): Promise<SlotId> {
  const [slot] = await aClinic(db, practice, [aNewSlot({ startsAt: at, ...given })])
  if (!slot) throw new Error('No slot')
  return slot
}

async function booked(who: Patient, slot: SlotId): Promise<AppointmentId> {
  const outcome = await bookAppointment(db, who, {
    slotId: slot,
    reason: '',
    idempotencyKey: aKey(db),
  })
  if (!outcome.ok) throw new Error(outcome.refusal.reason)
  return outcome.value
}

function joining(given: Partial<Wishes> & Partial<Joining> = {}): Joining {
  const {
    waitlistId = newId<'Waitlist'>(db.now()),
    replaces,
    phone,
    reason = '',
    ...wishes
  } = given
  return {
    waitlistId,
    reason,
    ...(replaces && { replaces }),
    ...(phone && { phone }),
    wishes: {
      fromDay: localDateOf(db.now()),
      untilDay: addDays(localDateOf(db.now()), 30),
      weekdays: allWeekdays,
      ...anyTime,
      deliveryChannels: ['in-person'],
      ...wishes,
    },
  }
}

async function join(who: Patient, given: Partial<Wishes> & Partial<Joining> = {}) {
  const joined = await db.transaction(who, (tx) => joinWaitlist(tx, joining(given)))
  if (!joined.ok) throw new Error(joined.refusal.reason)
  test$.setNow(minutesAfter(db.now(), 1))
  return joined.value
}

/** The holder gives the slot back, and the service does what follows. */
async function giveBack(): Promise<void> {
  const cancelled = await db.transaction(holder, (tx) => cancelAppointment(tx, held))
  if (!cancelled.ok) throw new Error(cancelled.refusal.reason)
  await runJobs(db)
}

async function letPass(minutes: number): Promise<void> {
  test$.setNow(minutesAfter(db.now(), minutes))
  await runJobs(db)
}

interface StoredOffer {
  readonly offerId: OfferId
  readonly expiresAt: Date
  readonly outcome?: string
}

async function offersTo(who: Patient): Promise<readonly StoredOffer[]> {
  return db.transaction(who, (tx) =>
    tx.many<StoredOffer>(sql`
      select offer_id, expires_at, outcome
      from appointments.slot_offer
      where practice = ${practice}
        and patient_id = ${who.patientId}
      order by offered_at, offer_id
    `),
  )
}

async function theOfferTo(who: Patient): Promise<OfferId> {
  const [offer] = (await offersTo(who)).filter((one) => one.outcome === undefined)
  if (!offer) throw new Error('Nothing is offered')
  return offer.offerId
}

async function outcomesOf(who: Patient): Promise<readonly (string | undefined)[]> {
  return (await offersTo(who)).map((offer) => offer.outcome)
}

async function stateOf(slot: SlotId): Promise<string | undefined> {
  return (await storedSlots(db, practice)).find((one) => one.slotId === slot)?.state
}

async function endOf(waitlistId: WaitlistId): Promise<string | undefined> {
  const row = await db.transaction(systemProof(practice), (tx) =>
    tx.maybe<{ readonly endedBy?: string }>(sql`
      select ended_by
      from appointments.waitlist_entry
      where practice = ${practice}
        and waitlist_id = ${waitlistId}
    `),
  )
  return row?.endedBy
}

async function toldTo(who: Patient): Promise<readonly string[]> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly subject: string }>(sql`
      select subject
      from messages.notice
      where practice = ${practice}
        and patient_id = ${who.patientId}
      order by written_at, notice_id
    `),
  )
  return rows.map((row) => row.subject)
}

async function appointmentsOf(who: Patient) {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<{
      readonly appointmentId: AppointmentId
      readonly slotId: SlotId
      readonly method: string
      readonly bookedBy: string
      readonly phone?: string
      readonly cancelledAt?: Date
      readonly movedTo?: AppointmentId
    }>(sql`
      select appointment_id, slot_id, method, booked_by, phone, cancelled_at, moved_to
      from appointments.appointment
      where practice = ${practice}
        and patient_id = ${who.patientId}
      order by booked_at, appointment_id
    `),
  )
}

describe('a slot that is given back', () => {
  test('is offered to who waits longest, who is told, and to nobody else', async () => {
    await join(ann)
    await join(bea)
    await giveBack()
    expect(await stateOf(slotId)).toBe('held')
    expect(await outcomesOf(ann)).toEqual([undefined])
    expect(await offersTo(bea)).toEqual([])
    expect(await toldTo(ann)).toEqual(['You are offered an appointment'])
  })

  test('is free at once where it suits nobody', async () => {
    await join(ann, { deliveryChannels: ['video'] })
    await giveBack()
    expect(await stateOf(slotId)).toBe('free')
  })

  test('is never there to book while it is offered', async () => {
    await join(ann)
    await giveBack()
    const other = await bookAppointment(db, bea, {
      slotId,
      reason: '',
      idempotencyKey: aKey(db),
    })
    expect(other).toMatchObject({ ok: false, refusal: { reason: 'slot-held' } })
  })

  test('goes to the next when an offer expires, then to everyone', async () => {
    await join(ann)
    await join(bea)
    await giveBack()
    await letPass(60)
    expect(await outcomesOf(ann)).toEqual(['expired'])
    expect(await outcomesOf(bea)).toEqual([undefined])
    await letPass(60)
    expect(await outcomesOf(ann)).toEqual(['expired'])
    expect(await outcomesOf(bea)).toEqual(['expired'])
    expect(await stateOf(slotId)).toBe('free')
  })

  test('ends a place whose offers are let pass again and again, and says so', async () => {
    const place = await join(ann)
    await giveBack()
    await letPass(60)
    expect(await endOf(place)).toBeUndefined()
    held = await booked(holder, slotId)
    await giveBack()
    await letPass(60)
    expect(await outcomesOf(ann)).toEqual(['expired', 'expired'])
    expect(await endOf(place)).toBe('missed-offers')
    expect(await toldTo(ann)).toContain('You are no longer waiting for an earlier appointment')
  })

  test('goes to the next at once when it is declined, which costs no place and is not asked again', async () => {
    const place = await join(ann)
    await join(bea)
    await giveBack()
    const offerId = await theOfferTo(ann)
    const said = () => db.transaction(ann, (tx) => declineOffer(tx, offerId))
    expect(await said()).toEqual({ ok: true, value: 'declined' })
    expect(await said()).toEqual({ ok: true, value: 'declined' })
    await runJobs(db)
    expect(await outcomesOf(bea)).toEqual([undefined])
    await letPass(60)
    expect(await stateOf(slotId)).toBe('free')
    expect(await endOf(place)).toBeUndefined()
  })

  test('is offered to several at once where the practice says so; the first has it, the others are spared', async () => {
    await setRules({ offersAtOnce: 2 })
    await join(ann)
    const place = await join(bea)
    await giveBack()
    const [first, second] = [await theOfferTo(ann), await theOfferTo(bea)]
    const outcomes = await Promise.all([
      acceptOffer(db, ann, { offerId: first }),
      acceptOffer(db, bea, { offerId: second }),
    ])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      refusal: { reason: 'offer-gone' },
    })
    await runJobs(db)
    const all = [...(await outcomesOf(ann)), ...(await outcomesOf(bea))]
    expect(all.toSorted()).toEqual(['accepted', 'gone'])
    if (outcomes[0]?.ok) expect(await endOf(place)).toBeUndefined()
    expect((await storedSlots(db, practice)).map((slot) => slot.live)).toEqual([1])
  })

  test('is settled once, however often and by how many workers it is asked', async () => {
    await join(ann)
    await join(bea)
    const cancelled = await db.transaction(holder, (tx) => cancelAppointment(tx, held))
    expect(cancelled.ok).toBe(true)
    await db.transaction(systemProof(practice), async (tx) => {
      for (let again = 0; again < 5; again++) {
        await tx.run(sql`
          insert into jobs.job (practice, job_id, kind, payload, run_at)
          values (${practice}, ${newId(tx.now)}, 'appointments.offer-slot',
            ${JSON.stringify({ slotId })}, ${tx.now})
        `)
      }
    })
    await Promise.all([runJobs(db), runJobs(db), runJobs(db)])
    expect(await outcomesOf(ann)).toEqual([undefined])
    expect(await offersTo(bea)).toEqual([])
    expect(await toldTo(ann)).toHaveLength(1)
  })

  test('two slots given back together are offered to two people', async () => {
    const other = await aSlotAt(minutesAfter(startsAt, 60))
    const carer = await someone()
    const theirs = await booked(carer, other)
    await join(ann)
    await join(bea)
    await db.transaction(holder, (tx) => cancelAppointment(tx, held))
    await db.transaction(carer, (tx) => cancelAppointment(tx, theirs))
    await Promise.all([runJobs(db), runJobs(db)])
    expect(await outcomesOf(ann)).toEqual([undefined])
    expect(await outcomesOf(bea)).toEqual([undefined])
  })
})

describe('accepting', () => {
  test('books the slot, ends the wait, and says the same when done twice', async () => {
    const place = await join(ann, { reason: 'My knee' })
    await giveBack()
    const offerId = await theOfferTo(ann)
    const [first, second] = await Promise.all([
      acceptOffer(db, ann, { offerId }),
      acceptOffer(db, ann, { offerId }),
    ])
    expect(first.ok).toBe(true)
    expect(second).toEqual(first)
    expect(await acceptOffer(db, ann, { offerId })).toEqual(first)
    expect(await appointmentsOf(ann)).toMatchObject([
      { slotId, method: 'waitlist', bookedBy: 'patient' },
    ])
    expect(await endOf(place)).toBe('placed')
    await runJobs(db)
    expect(await toldTo(ann)).toContain('Your booking is confirmed')
  })

  test('is too late from the minute the offer expires, even before anything has closed it', async () => {
    await join(ann)
    await giveBack()
    const offerId = await theOfferTo(ann)
    test$.setNow(minutesAfter(db.now(), 60))
    expect(await acceptOffer(db, ann, { offerId })).toMatchObject({
      refusal: { reason: 'offer-expired' },
    })
    expect(await appointmentsOf(ann)).toEqual([])
  })

  test('asks for a number where the slot is by telephone and none was given', async () => {
    const phoneSlot = await aSlotAt(minutesAfter(startsAt, 60), { deliveryChannel: 'telephone' })
    const caller = await someone()
    const theirs = await bookAppointment(db, caller, {
      slotId: phoneSlot,
      reason: '',
      phone: '01632 960 002',
      idempotencyKey: aKey(db),
    })
    if (!theirs.ok) throw new Error(theirs.refusal.reason)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into appointments.waitlist_entry
          (practice, waitlist_id, patient_id, since, joined_at, joined_from, from_day, until_day,
           delivery_channels)
        values (${practice}, ${newId(now)}, ${ann.patientId}, ${now}, ${now}, 'cancelled-clinic',
          ${localDateOf(now)}, ${addDays(localDateOf(now), 30)}, '{telephone}')
      `),
    )
    await db.transaction(caller, (tx) => cancelAppointment(tx, theirs.value))
    await runJobs(db)
    const offerId = await theOfferTo(ann)
    expect(await acceptOffer(db, ann, { offerId })).toMatchObject({
      refusal: { because: { reason: 'answers-missing', missing: ['phone-needed'] } },
    })
    expect((await acceptOffer(db, ann, { offerId, phone: '01632 960 001' })).ok).toBe(true)
  })

  test('keeps no number with an appointment that is not by telephone', async () => {
    await join(ann, { deliveryChannels: ['in-person', 'telephone'], phone: '07700900123' })
    await giveBack()
    await acceptOffer(db, ann, { offerId: await theOfferTo(ann) })
    const [made] = await appointmentsOf(ann)
    expect(made?.method).toBe('waitlist')
    expect(made?.phone).toBeUndefined()
  })

  test('gives back the appointment that it replaces, which is offered on', async () => {
    const later = await aSlotAt(minutesAfter(startsAt, 1440))
    const old = await booked(ann, later)
    await join(ann, { replaces: old })
    await join(bea)
    await giveBack()
    const accepted = await acceptOffer(db, ann, { offerId: await theOfferTo(ann) })
    if (!accepted.ok) throw new Error(accepted.refusal.reason)
    expect(await appointmentsOf(ann)).toMatchObject([
      { appointmentId: old, movedTo: accepted.value },
      { appointmentId: accepted.value, slotId, method: 'waitlist' },
    ])
    await runJobs(db)
    expect(await outcomesOf(bea)).toEqual([undefined])
    expect(await stateOf(later)).toBe('held')
    expect(await toldTo(ann)).toContain('Your appointment was moved')
  })

  test('keeps the old appointment when the slot is gone', async () => {
    const later = await aSlotAt(minutesAfter(startsAt, 1440))
    const old = await booked(ann, later)
    await join(ann, { replaces: old })
    await giveBack()
    const offerId = await theOfferTo(ann)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot
        set state = 'blocked'
        where practice = ${practice}
          and slot_id = ${slotId}
      `),
    )
    expect(await acceptOffer(db, ann, { offerId })).toMatchObject({
      refusal: { reason: 'offer-gone' },
    })
    const [kept] = await appointmentsOf(ann)
    expect(kept?.cancelledAt).toBeUndefined()
  })

  test('is refused, with the reason, at the limit of the practice', async () => {
    await join(ann)
    await giveBack()
    await booked(ann, await aSlotAt(minutesAfter(startsAt, 120)))
    expect(await acceptOffer(db, ann, { offerId: await theOfferTo(ann) })).toMatchObject({
      refusal: { reason: 'cannot-book', because: { reason: 'too-many-held' } },
    })
  })

  test('is nobody else’s to do', async () => {
    await join(ann)
    await giveBack()
    const offerId = await theOfferTo(ann)
    expect(await acceptOffer(db, bea, { offerId })).toMatchObject({
      refusal: { reason: 'not-found' },
    })
    expect(await db.transaction(bea, (tx) => declineOffer(tx, offerId))).toMatchObject({
      refusal: { reason: 'not-found' },
    })
  })

  test('can be done by staff for a patient on the phone', async () => {
    await join(ann)
    await giveBack()
    const staff = await receptionist()
    const accepted = await acceptOfferForPatient(db, staff, { offerId: await theOfferTo(ann) })
    expect(accepted.ok).toBe(true)
    expect(await appointmentsOf(ann)).toMatchObject([{ slotId, bookedBy: 'staff' }])
  })
})

async function receptionist(): Promise<StaffActing<'book-for-patients'>> {
  const roles = ['receptionist'] as const
  return (await aStaffMember<'book-for-patients'>(db, practice, { name: 'Sam Reed', roles })).acting
}

describe('joining and leaving', () => {
  test('is once for each form, and once for each thing that is waited for', async () => {
    const form = joining()
    const send = (given: Joining) => db.transaction(ann, (tx) => joinWaitlist(tx, given))
    expect(await Promise.all([send(form), send(form)])).toEqual([
      { ok: true, value: form.waitlistId },
      { ok: true, value: form.waitlistId },
    ])
    expect(await send(joining())).toEqual({
      ok: false,
      refusal: { reason: 'waiting-already', waitlistId: form.waitlistId },
    })
    const taken = await db.transaction(bea, (tx) => joinWaitlist(tx, form))
    expect(taken).toEqual({ ok: false, refusal: { reason: 'not-found' } })
  })

  test('tells every fault of the wishes at once', async () => {
    const faulty = joining({
      untilDay: addDays(localDateOf(now), -1),
      weekdays: [],
      fromTime: '12:00',
      untilTime: '09:00',
      deliveryChannels: ['telephone'],
    })
    expect(await db.transaction(ann, (tx) => joinWaitlist(tx, faulty))).toEqual({
      ok: false,
      refusal: {
        reason: 'answers-faulty',
        faults: ['until-in-the-past', 'no-weekday', 'times-crossed', 'phone-needed'],
      },
    })
  })

  test('is refused while the practice keeps no waitlist', async () => {
    await setRules({ waitlistOpen: false })
    expect(await db.transaction(ann, (tx) => joinWaitlist(tx, joining()))).toMatchObject({
      refusal: { reason: 'not-open' },
    })
  })

  test('takes nobody’s appointment but one’s own to be replaced', async () => {
    const refused = await db.transaction(ann, (tx) => joinWaitlist(tx, joining({ replaces: held })))
    expect(refused).toEqual({ ok: false, refusal: { reason: 'not-found' } })
  })

  test('hands an offer on when its patient leaves, or the practice ends their place', async () => {
    const [first, second] = [await join(ann), await join(bea)]
    const third = await someone()
    await join(third)
    await giveBack()
    expect(await db.transaction(bea, (tx) => leaveWaitlist(tx, first))).toEqual({
      ok: false,
      refusal: 'not-found',
    })
    await db.transaction(ann, (tx) => leaveWaitlist(tx, first))
    await runJobs(db)
    expect(await outcomesOf(ann)).toEqual(['withdrawn'])
    expect(await outcomesOf(bea)).toEqual([undefined])
    const staff = await receptionist()
    await db.transaction(staff, (tx) => endPlaceForPractice(tx, second))
    await runJobs(db)
    expect(await outcomesOf(third)).toEqual([undefined])
    expect(await toldTo(bea)).toContain('You are no longer waiting for an earlier appointment')
  })

  test('ends by itself after the last day, and the patient is told', async () => {
    const place = await join(ann, { untilDay: localDateOf(now) })
    test$.setNow(new Date('2026-03-02T23:59:00Z'))
    await runJobs(db)
    expect(await endOf(place)).toBeUndefined()
    await letPass(1)
    expect(await endOf(place)).toBe('lapsed')
    expect(await toldTo(ann)).toEqual(['You are no longer waiting for an earlier appointment'])
  })

  test('ends with the appointment that an earlier one was wanted for', async () => {
    const old = await booked(ann, await aSlotAt(minutesAfter(startsAt, 1440)))
    const place = await join(ann, { replaces: old })
    await db.transaction(ann, (tx) => cancelAppointment(tx, old))
    await runJobs(db)
    expect(await endOf(place)).toBe('lapsed')
  })
})
