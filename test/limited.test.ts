import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import { newId } from '#kernel/id'
import { aSignedInStaffMember, testApp } from './support/app.ts'
import { aClinic, aKey, aNewSlot, storedSlots } from './support/clinic.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { runJobs } from './support/jobs.ts'
import { aPatientWithoutAccount } from './support/joining.ts'
import { aLimitedVisitor, knownAt, type LimitedVisitor } from './support/limited.ts'
import { aPractice, aStaffMember } from './support/surgery.ts'
import { setAccessPolicy } from '../src/modules/access/commands/rights/set-policy.ts'
import { defaultPolicy } from '../src/modules/access/domain/policy/policy.ts'

const home = '/first-appointment'

/** DOMAIN ACC-8, ID-1, AP-7, BK-2. */
describe('somebody who asked online and is not proved', () => {
  let database: TestDatabase
  let db: Database
  let app: FastifyInstance
  let practice: OdsCode
  let slots: readonly string[]

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
    app = await testApp(db)
  })
  afterAll(async () => {
    await app.close()
    await database.drop()
  })
  beforeEach(async () => {
    practice = await aPractice(db)
    const times = ['09:00', '09:10', '09:20', '09:30', '09:40', '09:50', '10:00', '10:10']
    const made = times.map((time) => aNewSlot({ startsAt: new Date(`2026-03-05T${time}:00Z`) }))
    slots = await aClinic(db, practice, made)
  })

  const get = (who: { readonly cookie: string }, url: string) =>
    app.inject({ url, headers: { cookie: who.cookie } })
  const post = (
    who: { readonly cookie: string; readonly csrf: string },
    url: string,
    fields: Readonly<Record<string, string>> = {},
  ) =>
    app.inject({
      method: 'POST',
      url,
      headers: {
        cookie: who.cookie,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams({ _csrf: who.csrf, ...fields }).toString(),
    })
  const book = (who: LimitedVisitor, slot: number, key: string = aKey(db)) =>
    post(who, home, { slot: slots[slot] ?? '', idempotencyKey: key, reason: '' })
  const policy = async (change: Partial<typeof defaultPolicy>) => {
    const manager = await aStaffMember(db, practice, { name: 'Mo', roles: ['practice-manager'] })
    const set = { ...defaultPolicy, ...change }
    await db.transaction(manager.acting, (tx) => setAccessPolicy(tx, set))
  }
  const live = async () => (await storedSlots(db, practice)).filter((slot) => slot.live > 0).length

  test('books one appointment, sees it, cannot book a second, and cancels it', async () => {
    const rose = await aLimitedVisitor(db, practice)
    expect((await get(rose, `${home}/slots`)).body).toContain(slots[0])
    const key = aKey(db)
    const booked = await book(rose, 0, key)
    expect(booked.body).toContain('Thursday 5 March 2026 at 9:00am')
    expect((await book(rose, 0, key)).statusCode).toBe(200)
    expect((await get(rose, home)).body).toContain('Thursday 5 March 2026')
    const second = await book(rose, 1)
    expect([second.statusCode, second.body]).toEqual([409, expect.stringContaining('your one')])
    expect(await live()).toBe(1)
    expect((await post(rose, `${home}/cancel`)).statusCode).toBe(303)
    expect(await live()).toBe(0)
  })

  test('sends two bookings at one moment, and has one appointment', async () => {
    const rose = await aLimitedVisitor(db, practice)
    await Promise.all([0, 1, 2, 3].map((slot) => book(rose, slot)))
    expect(await live()).toBe(1)
  })

  test('has no more tries after two that were cancelled', async () => {
    const rose = await aLimitedVisitor(db, practice)
    for (const slot of [0, 1]) {
      await book(rose, slot)
      await post(rose, `${home}/cancel`)
    }
    expect((await book(rose, 2)).body).toContain('Phone your GP surgery to book')
    expect(await live()).toBe(0)
  })

  test('however many ask at one moment, they hold as many as the practice has places for', async () => {
    await policy({ firstAppointments: 3 })
    const people = await Promise.all(
      slots.map((_, index) => aLimitedVisitor(db, practice, { familyName: `Person${index}` })),
    )
    const answers = await Promise.all(people.map((one, index) => book(one, index)))
    expect(await live()).toBe(3)
    expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([
      200, 200, 200, 409, 409, 409, 409, 409,
    ])
  })

  test('at P0 books and is told once; neither sees nor cancels; at P5 does, at the next request', async () => {
    const rose = await aLimitedVisitor(db, practice, { identityLevel: 'P0' })
    const booked = await book(rose, 0)
    expect(booked.body).toContain('Write this down')
    const shown = await get(rose, home)
    expect(shown.body).not.toContain('Thursday 5 March')
    expect((await get(rose, `${home}/cancel`)).statusCode).toBe(403)
    expect((await post(rose, `${home}/cancel`)).statusCode).toBe(403)
    const other = await aLimitedVisitor(db, practice, { identityLevel: 'P5', familyName: 'Other' })
    await book(other, 1)
    expect((await get(other, home)).body).toContain('Thursday 5 March')
    await knownAt(db, other.accountId, 'P0')
    expect((await get(other, home)).body).not.toContain('Thursday 5 March')
    expect((await get(other, `${home}/cancel`)).statusCode).toBe(403)
    await knownAt(db, other.accountId, 'P5')
  })

  test('is refused at the next request once the practice offers none, and can still cancel', async () => {
    const rose = await aLimitedVisitor(db, practice)
    const late = await aLimitedVisitor(db, practice, { familyName: 'Late' })
    await book(rose, 0)
    await policy({ firstAppointments: 0 })
    const refused = await book(late, 1)
    expect([refused.statusCode, refused.body]).toEqual([
      403,
      expect.stringContaining('checks who you are first'),
    ])
    expect((await get(rose, home)).body).toContain('Thursday 5 March')
    expect((await post(rose, `${home}/cancel`)).statusCode).toBe(303)
  })

  test('is refused once the surgery closes the request, and the slot is free again', async () => {
    const rose = await aLimitedVisitor(db, practice)
    await book(rose, 0)
    const desk = await aSignedInStaffMember(db, practice, ['receptionist'])
    const [asked] = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly askedId: string }>(sql`
        select asked_id from access.applicant where practice = ${practice}`),
    )
    await post(desk, `/practice/sign-ups/${asked?.askedId}`, { outcome: 'not-found' })
    expect((await get(rose, home)).statusCode).toBe(403)
    await runJobs(db)
    expect(await live()).toBe(0)
  })

  test('is closed after 120 days in which nobody checked who they are', async () => {
    const rose = await aLimitedVisitor(db, practice)
    const days = (count: number) =>
      new Date(Date.parse('2026-03-02T08:00:00Z') + count * 86_400_000)
    const state = () =>
      db.transaction(systemProof(practice), (tx) =>
        tx.maybe<{ readonly closedWhy?: string }>(sql`
          select closed_why from access.applicant
          where practice = ${practice} and account_id = ${rose.accountId}`),
      )
    database.setNow(days(119))
    await runJobs(db)
    expect(await state()).toEqual({})
    database.setNow(days(122))
    await runJobs(db)
    expect(await state()).toEqual({ closedWhy: 'unused' })
    database.setNow(days(0))
  })

  test('shown to staff in the clinic as nobody’s patient, and found as no patient', async () => {
    const rose = await aLimitedVisitor(db, practice, { familyName: 'Quillfeather' })
    await book(rose, 0)
    const desk = await aSignedInStaffMember(db, practice, ['receptionist'])
    const clinic = await get(desk, '/practice/appointments?day=2026-03-05')
    expect(clinic.body).toContain('Quillfeather')
    expect(clinic.body).toContain('nobody has checked who they are')
    const found = await get(desk, '/practice/patients?search=quillfeather')
    expect(found.body).not.toContain(rose.applicantId)
    expect((await get(desk, `/practice/patients/${rose.applicantId}`)).statusCode).toBe(404)
  })

  describe('proved at the desk', () => {
    const signUp = async (who: LimitedVisitor, reference: string) => {
      const patient = await aPatientWithoutAccount(db, practice)
      const desk = await aSignedInStaffMember(db, practice, ['receptionist'])
      const answer = await post(desk, `/practice/patients/${patient.patientId}/online/sign-up`, {
        linkageId: newId(db.now()),
        method: 'vouching',
        knownYears: '9',
        seen: 'monthly',
        appointments: 'manage',
        prescriptions: 'manage',
        recordCurrent: 'full',
        recordHistorical: 'none',
        handedOver: 'account',
        reference,
      })
      return { patient, answer }
    }

    test('has everything in the same browser at the next request, with the appointment', async () => {
      const rose = await aLimitedVisitor(db, practice)
      await book(rose, 0)
      expect((await get(rose, '/appointments')).headers.location).toContain('/sign-in/prove')
      const { answer } = await signUp(rose, rose.reference)
      expect(answer.statusCode).toBe(303)
      await runJobs(db)
      const own = await get(rose, '/appointments')
      expect([own.statusCode, own.body]).toEqual([
        200,
        expect.stringContaining('Thursday 5 March 2026'),
      ])
      expect((await get(rose, '/record')).statusCode).toBe(200)
      expect((await get(rose, home)).headers.location).toBe('/appointments')
      expect(await live()).toBe(1)
    })

    test('is raised by the number shown, and never by the name alone', async () => {
      const impostor = await aLimitedVisitor(db, practice, { familyName: 'O’Neill-Smith' })
      const { answer } = await signUp(impostor, '0000000000')
      expect([answer.statusCode, answer.body]).toEqual([
        400,
        expect.stringContaining('10 numbers that they show you'),
      ])
      expect((await get(impostor, '/record')).headers.location).toContain('/sign-in/prove')
    })

    test('by NHS login below P9, opens with that NHS login from then on', async () => {
      const rose = await aLimitedVisitor(db, practice, { identityLevel: 'P5' })
      await signUp(rose, rose.reference)
      expect((await get(rose, '/record')).statusCode).toBe(200)
    })
  })
})
