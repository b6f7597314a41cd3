import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { SlotId } from '#modules/appointments'
import { aClinic, aNewSlot, storedSlots } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import {
  anAccount,
  aPatient,
  aPractice,
  aStaffMember,
} from '../../../../../test/support/surgery.ts'
import {
  hiddenField,
  openPages,
  signedIn,
  type Answer,
  type Visitor,
} from '../../../../../test/support/visitor.ts'
import { registerAppointments } from '../../plugin.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:05:00Z')
const path = '/practice/appointments/draws'

let test$: TestDatabase
let db: Database
let app: FastifyInstance
let practice: OdsCode
let manager: Person
let ann: Person

interface Person {
  readonly visitor: Visitor
  readonly patientId?: PatientId
  signInAgain(): Promise<Visitor>
}

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
  test$.setNow(now)
  practice = await aPractice(db)
  manager = await staff()
  ann = await someone()
})

async function staff(): Promise<Person> {
  const roles = ['practice-manager'] as const
  const { staffId } = await aStaffMember(db, practice, { name: 'Max Ray', roles })
  const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
  const link = { practice, subjectId: staffId, relation: 'staff' as const }
  const signInAgain = () => signedIn(app, accountId, link)
  return { visitor: await signInAgain(), signInAgain }
}

async function someone(): Promise<Person> {
  const accountId = await anAccount(db, 'patient', { practice, subjectId: newId(now) })
  const { patientId } = await aPatient(db, practice, { accountId })
  const link = { practice, subjectId: patientId, relation: 'self' as const }
  const signInAgain = () => signedIn(app, accountId, link)
  return { visitor: await signInAgain(), patientId, signInAgain }
}

function slotsAt(...starts: readonly Date[]): Promise<readonly SlotId[]> {
  return aClinic(
    db,
    practice,
    starts.map((at) => aNewSlot({ startsAt: at, bookableOnline: false })),
  )
}

const window = { opensDay: '', opensTime: '', closesDay: '2026-03-03', closesTime: '12:00' }

async function planned(given: Readonly<Record<string, string | readonly string[]>> = {}) {
  const page = await manager.visitor.get(`${path}/new`)
  return manager.visitor.post(path, {
    idempotencyKey: hiddenField(page, 'idempotencyKey'),
    name: 'Evening appointments',
    ...window,
    first: 'carer',
    second: '',
    third: '',
    ...given,
  })
}

/** Plans a draw of these slots, open at once, and gives its path for patients. */
async function aDraw(slotIds: readonly SlotId[]): Promise<string> {
  const made = await planned({ slot: slotIds })
  expect(made.status).toBe(303)
  const id = /[0-9a-f-]{36}/.exec(made.location ?? '')?.[0] ?? ''
  return `/appointments/draws/${id}`
}

async function enter(who: Person, draw: string, given: Readonly<Record<string, unknown>> = {}) {
  const page = await who.visitor.get(`${draw}/enter`)
  return who.visitor.post(draw, {
    idempotencyKey: hiddenField(page, 'idempotencyKey'),
    day: ['2026-03-04'],
    how: ['in-person'],
    fromTime: '',
    untilTime: '',
    reason: '',
    ...given,
  })
}

async function drawIt(): Promise<void> {
  test$.setNow(new Date('2026-03-03T12:00:00Z'))
  await runJobs(db)
  manager = { ...manager, visitor: await manager.signInAgain() }
  ann = { ...ann, visitor: await ann.signInAgain() }
}

function faultsOf(page: Answer): readonly string[] {
  const summary = /nhsuk-error-summary__list.*?<\/ul>/s.exec(page.html)?.[0] ?? ''
  return [...summary.matchAll(/<a href="#([^"]*)">([^<]*)</g)].map(
    ([, field = '', message = '']) => `${field}: ${message}`,
  )
}

describe('planning a draw', () => {
  test('chooses from free slots, keeps them for it, and shows the fingerprint at once', async () => {
    const slotIds = await slotsAt(startsAt, minutesAfter(startsAt, 10))
    await aClinic(db, practice, [aNewSlot({ startsAt: minutesAfter(startsAt, 20) })])
    const page = await manager.visitor.get(`${path}/new`)
    expect(page.words).toContain('3 free slots')
    expect(page.html.match(/ checked/g)).toHaveLength(2)
    const made = await planned({ slot: slotIds })
    const shown = await manager.visitor.get(made.location ?? '')
    expect(shown.words).toContain('The draw is made')
    expect(shown.words).toContain('Closes Tuesday 3 March 2026 at midday')
    expect(shown.words).toContain('Carers, then everyone else')
    expect(shown.words).toMatch(/([0-9a-f]{8} ){7}[0-9a-f]{8}/)
    expect((await storedSlots(db, practice)).map((slot) => slot.state).toSorted()).toEqual([
      'free',
      'held',
      'held',
    ])
    expect((await manager.visitor.get(`${path}/new`)).words).toContain('1 free slot.')
  })

  test('tells every fault at once and keeps what was typed and chosen', async () => {
    const [slotId = ''] = await slotsAt(startsAt, minutesAfter(startsAt, 10))
    const none = await planned({
      name: '',
      opensDay: '2026-03-29',
      opensTime: '01:30',
      closesDay: 'soon',
      closesTime: '',
      second: 'carer',
    })
    expect(none.status).toBe(400)
    expect(faultsOf(none)).toEqual([
      'slot: Choose at least one slot',
      'name: Enter a name that patients read, of 100 characters or less',
      'opensTime: The clocks change over that time. Choose another',
      'closesDay: Enter the day the draw closes',
      'closesTime: Enter the time the draw closes, like 08:00',
      'first: Choose each priority once',
    ])
    const late = await planned({ closesDay: '2026-03-05', slot: [slotId] })
    expect(faultsOf(late)).toEqual(['slot: Every slot must start after the draw has closed'])
    expect(late.html.match(/checked/g)).toHaveLength(1)
  })

  test('is done once however often the form is sent, and can be called off', async () => {
    const slotIds = await slotsAt(startsAt)
    const page = await manager.visitor.get(`${path}/new`)
    const form = {
      idempotencyKey: hiddenField(page, 'idempotencyKey'),
      name: 'Evening appointments',
      ...window,
      first: '',
      second: '',
      third: '',
      slot: slotIds,
    }
    const first = await manager.visitor.post(path, form)
    expect(await manager.visitor.post(path, form)).toMatchObject({ location: first.location })
    const draw = (first.location ?? '').replace(/\?.*/, '')
    expect((await manager.visitor.get(`${draw}/cancel`)).words).toContain('Nobody has asked yet')
    const off = await manager.visitor.post(`${draw}/cancel`)
    expect((await manager.visitor.get(off.location ?? '')).words).toContain('Called off')
    expect((await storedSlots(db, practice)).map((slot) => slot.state)).toEqual(['free'])
  })
})

describe('a draw for patients', () => {
  test('is entered, changed and left until it closes, each once', async () => {
    const draw = await aDraw(await slotsAt(startsAt, minutesAfter(startsAt, 1440)))
    const list = await ann.visitor.get('/appointments/draws')
    expect(list.words).toContain('Evening appointments')
    expect(list.words).toContain('You can ask until Tuesday 3 March 2026 at midday')
    const shown = await ann.visitor.get(draw)
    expect(shown.words).toContain('First come people who care for someone, then everyone else')
    expect(shown.words).toContain('Wednesday 4 March 2026: 1 appointment')
    const entered = await enter(ann, draw, { reason: 'My knee' })
    expect(entered.location).toBe(`${draw}?done=entered`)
    expect((await ann.visitor.get(entered.location ?? '')).words).toContain('My knee')
    const form = await ann.visitor.get(`${draw}/enter`)
    expect(form.words).toContain('Change what you asked for')
    expect(form.html).toContain('My knee')
    await enter(ann, draw, { fromTime: '09:00' })
    expect((await ann.visitor.get(draw)).words).toContain('From 9:00am')
    const left = await ann.visitor.post(`${draw}/withdraw`)
    expect((await ann.visitor.get(left.location ?? '')).words).toContain('Ask for an appointment')
  })

  test('tells every fault of a request at once, in page order', async () => {
    const draw = await aDraw(await slotsAt(startsAt))
    const faulty = await enter(ann, draw, {
      how: ['telephone'],
      day: [],
      fromTime: 'x',
      untilTime: '25:00',
      reason: 'a'.repeat(151),
    })
    expect(faulty.status).toBe(400)
    expect(faultsOf(faulty)).toEqual([
      'otherPhone: Choose or enter a phone number for telephone appointments',
      'day: Choose at least one day',
      'fromTime: Enter a time, like 09:00',
      'untilTime: Enter a time, like 17:00',
      'reason: What you write must be 150 characters or less',
    ])
  })

  test('says kindly that it is closed, not open yet, or called off', async () => {
    const slotIds = await slotsAt(startsAt)
    const made = await planned({ slot: slotIds, opensDay: '2026-03-02', opensTime: '20:00' })
    const id = /[0-9a-f-]{36}/.exec(made.location ?? '')?.[0] ?? ''
    const early = await ann.visitor.get(`/appointments/draws/${id}/enter`)
    expect(early.status).toBe(409)
    expect(early.words).toContain('You cannot ask in this draw yet')
    await drawIt()
    const late = await ann.visitor.post(`/appointments/draws/${id}/withdraw`)
    expect(late.status).toBe(409)
    expect(late.words).toContain('This draw is closed')
    expect((await ann.visitor.get(`/appointments/draws/${newId(now)}`)).status).toBe(404)
  })

  test('tells the result: an appointment, or why not and what happens next', async () => {
    const other = await someone()
    const draw = await aDraw(await slotsAt(startsAt))
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update directory.patient
        set is_carer = true
        where practice = ${practice}
          and patient_id = ${ann.patientId}
      `),
    )
    await enter(ann, draw)
    await enter(other, draw)
    await drawIt()
    const mine = await ann.visitor.get(draw)
    expect(mine.words).toContain('You have an appointment on Wednesday 4 March 2026 at 9:05am')
    const theirs = await (await other.signInAgain()).get(draw)
    expect(theirs.words).toContain('You did not get an appointment')
    expect(theirs.words).toContain('All appointments that suit you went to others')
    expect(theirs.words).toContain('waiting list')
    const waiting = await (await other.signInAgain()).get('/appointments/waitlist')
    expect(waiting.words).toContain('Waiting for an appointment, after a draw')
  })
})

describe('checking a draw', () => {
  test('works it out again, and notices a result that was tampered with', async () => {
    const [first, second] = [await someone(), await someone()]
    const draw = await aDraw(await slotsAt(startsAt))
    const staffDraw = draw.replace('/appointments', '/practice/appointments')
    await enter(ann, draw)
    await enter(first, draw)
    await enter(second, draw)
    expect((await manager.visitor.get(`${staffDraw}/audit`)).status).toBe(404)
    await drawIt()
    expect((await manager.visitor.get(staffDraw)).words).toContain('1 of 3 got an appointment')
    const check = await manager.visitor.get(`${staffDraw}/audit`)
    expect(check.words).toContain('The result is the same when it is worked out again')
    const file = await manager.visitor.get(`${staffDraw}/inputs.json`)
    const inputs = JSON.parse(file.html) as { readonly entries: readonly unknown[] }
    expect(inputs.entries).toHaveLength(3)
    expect(file.html).not.toContain('Patel')
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.draw_entry
        set outcome = 'unplaced', why_unplaced = 'none-left', slot_id = null
        where practice = ${practice}
          and outcome = 'allotted'
      `),
    )
    const again = await manager.visitor.get(`${staffDraw}/audit`)
    expect(again.words).toContain('1 request has another result')
  })
})
