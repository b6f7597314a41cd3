import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { Role } from '#modules/access'
import { bookAppointment, type SlotId } from '#modules/appointments'
import { aClinic, aKey, aNewSlot, storedSlots } from '../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { anAccount, aPatient, aPractice, aStaffMember } from '../../../../test/support/surgery.ts'
import { openPages, signedIn, type Visitor } from '../../../../test/support/visitor.ts'
import { registerAppointments } from '../plugin.ts'

const now = new Date('2026-03-02T08:00:00Z')
const today = new Date('2026-03-02T14:00:00Z')

let test$: TestDatabase
let db: Database
let app: FastifyInstance
let practice: OdsCode
let manager: Visitor

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
  app = await openPages(db, registerAppointments)
})
afterAll(async () => {
  await app.close()
  await test$.drop()
})
beforeEach(async () => {
  practice = await aPractice(db)
  manager = await staffMember(['practice-manager'])
})

async function staffMember(roles: readonly Role[]): Promise<Visitor> {
  const { staffId } = await aStaffMember(db, practice, { name: 'Sam Reed', roles })
  const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
  return signedIn(app, accountId, { practice, subjectId: staffId, relation: 'staff' })
}

async function slots(
  ...given: readonly Parameters<typeof aNewSlot>[0][]
): Promise<readonly SlotId[]> {
  return aClinic(db, practice, given.map(aNewSlot))
}

async function stateOf(slotId: SlotId | undefined) {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{
      readonly state: string
      readonly bookableOnline: boolean
      readonly releasedAt?: Date
    }>(sql`
      select state, bookable_online, released_at
      from appointments.slot
      where practice = ${practice}
        and slot_id = ${slotId}
    `),
  )
  return rows[0]
}

async function bookAs(slotId: SlotId | undefined): Promise<void> {
  if (!slotId) throw new Error('No slot')
  const acting = (await aPatient<'appointments'>(db, practice)).acting
  const booked = await bookAppointment(db, acting, {
    slotId,
    reason: 'Sore <knee>',
    idempotencyKey: aKey(db),
  })
  expect(booked.ok).toBe(true)
}

describe('today', () => {
  test('shows clinics and who is booked to those who see clinics, and the look is in the trail', async () => {
    const [slotId] = await slots({ startsAt: today })
    await bookAs(slotId)
    const page = await manager.get('/practice')
    expect(page.words).toContain('Patel, Ann')
    expect(page.html).toContain('Sore &lt;knee>')
    expect(page.words).toContain('1 clinic: 1 booked, 0 free, 0 held, 0 blocked, 0 overbooked.')
    const trail = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly details: Readonly<Record<string, unknown>> }>(sql`
        select details
        from audit.event
        where practice = ${practice}
          and type = 'appointments.clinics-viewed'
        order by event_id
      `),
    )
    expect(trail).toMatchObject([
      { details: { day: '2026-03-02', patientIds: [expect.any(String)] } },
    ])
  })

  test('shows times and states without names to other roles', async () => {
    const [slotId] = await slots({ startsAt: today })
    await bookAs(slotId)
    const page = await (await staffMember(['ig-lead'])).get('/practice')
    expect(page.status).toBe(200)
    expect(page.words).toContain('Booked')
    expect(page.words).not.toContain('Patel')
    expect(page.words).not.toContain('knee')
    expect(page.html).not.toContain('href="/practice/appointments?day=')
  })

  test('shows an analyst counts, and nothing of a clinic, a clinician or a patient', async () => {
    const [slotId] = await slots({ startsAt: today })
    await bookAs(slotId)
    for (const role of ['icb-analyst', 'national-analyst'] as const) {
      const page = await (await staffMember([role])).get('/practice')
      expect(page.words).toMatch(/Booked \d+ Free \d+/)
      expect(page.words).toContain('Fewer than 5')
      expect(page.words).not.toMatch(/Patel|Ann|knee|Okafor|8:00am/)
      const links = [...page.html.matchAll(/href="(\/practice[^"]*)"/g)].map(([, href]) => href)
      expect(new Set(links)).toEqual(
        new Set(['/practice', '/practice/account', '/practice/uptake']),
      )
    }
    const both = await (await staffMember(['icb-analyst', 'receptionist'])).get('/practice')
    expect(both.words).toContain('Patel, Ann')
  })

  test('says that there are no clinics', async () => {
    expect((await manager.get('/practice')).words).toContain('There are no clinics today.')
  })
})

describe('the slots of a day', () => {
  test('are published from a time, and blocked and unblocked', async () => {
    const [one, two] = await slots(
      { startsAt: today, bookableOnline: false },
      { startsAt: minutesAfter(today, 10), bookableOnline: false },
    )
    const send = (fields: Readonly<Record<string, string | readonly string[]>>) =>
      manager.post('/practice/appointments/slots', { day: '2026-03-02', ...fields })
    const published = await send({
      action: 'publish',
      slot: [String(one), String(two)],
      releaseDay: '2026-03-02',
      releaseTime: '12:00',
    })
    expect(published).toMatchObject({
      status: 303,
      location: '/practice/appointments?day=2026-03-02&done=publish',
    })
    expect((await manager.get(published.location ?? '')).words).toContain('Slots published')
    const state = {
      state: 'free',
      bookableOnline: true,
      releasedAt: new Date('2026-03-02T12:00:00Z'),
    }
    expect([await stateOf(one), await stateOf(two)]).toEqual([state, state])

    expect((await send({ action: 'block', slot: String(one) })).status).toBe(303)
    expect((await stateOf(one))?.state).toBe('blocked')
    expect((await send({ action: 'unblock', slot: String(one) })).status).toBe(303)
    expect((await stateOf(one))?.state).toBe('free')
    expect((await send({ action: 'withdraw', slot: String(one) })).status).toBe(303)
    expect((await stateOf(one))?.bookableOnline).toBe(false)
  })

  test('stay as they are where one is booked, and what was chosen stays chosen', async () => {
    const [one, two] = await slots({ startsAt: today }, { startsAt: minutesAfter(today, 10) })
    await bookAs(two)
    const answer = await manager.post('/practice/appointments/slots', {
      day: '2026-03-02',
      action: 'block',
      slot: [String(one), String(two)],
    })
    expect(answer.status).toBe(400)
    expect(answer.words).toContain('1 of the chosen slots is booked. Nothing was blocked.')
    expect(answer.html.match(/<input[^>]*name="slot"[^>]*\schecked/g)).toHaveLength(2)
    expect((await storedSlots(db, practice)).map((slot) => slot.state).toSorted()).toEqual([
      'booked',
      'free',
    ])
  })

  test('tell every fault at once', async () => {
    await slots({ startsAt: today })
    const answer = await manager.post('/practice/appointments/slots', {
      day: '2026-03-02',
      action: 'publish',
      releaseDay: '2026-02-30',
      releaseTime: '8 am',
    })
    expect(answer.status).toBe(400)
    for (const field of ['slot', 'releaseDay', 'releaseTime'])
      expect(answer.html).toContain(`href="#${field}"`)
    expect(answer.html).toContain('value="8 am"')
    expect((await manager.post('/practice/appointments/slots', {})).status).toBe(400)
  })

  test('of another practice are not there', async () => {
    const [slotId] = await slots({ startsAt: today })
    practice = await aPractice(db)
    const other = await staffMember(['practice-manager'])
    const answer = await other.post('/practice/appointments/slots', {
      action: 'block',
      slot: String(slotId),
    })
    expect(answer.words).toContain('1 of the chosen slots is no longer there. Nothing was changed')
    expect((await other.get('/practice/appointments?day=2026-03-02')).words).toContain(
      'There are no sessions on this day',
    )
  })

  test('are changed only by those who publish, and seen by all who see clinics', async () => {
    await slots({ startsAt: today })
    const receptionist = await staffMember(['receptionist'])
    const day = await receptionist.get('/practice/appointments')
    expect(day.status).toBe(200)
    expect(day.words).not.toContain('Publish')
    expect(day.html).not.toContain('name="slot"')
    expect((await (await staffMember(['ig-lead'])).get('/practice/appointments')).status).toBe(403)
    expect((await receptionist.post('/practice/appointments/slots', {})).status).toBe(403)
    expect((await receptionist.post('/practice/appointments/sessions', {})).status).toBe(403)
  })
})
