import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { formatNhsNumber, type NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { Role } from '#modules/access'
import { addStaff, patientById, type StaffId } from '#modules/directory'
import { aClinic, aNewSlot, storedSlots } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import {
  aPatient,
  aPractice,
  aStaffMember,
  anAccount,
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
const base = '/practice/appointments'

let test$: TestDatabase
let db: Database
let app: FastifyInstance
let practice: OdsCode
let manager: Visitor
let drOkafor: StaffId

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
  manager = await staffMember(['practice-manager'])
  drOkafor = newId<'Staff'>(now)
  await db.transaction(systemProof(practice), (tx) =>
    addStaff(tx, [
      { staffId: drOkafor, name: 'Dr Okafor', jobTitle: 'GP', roles: [], seesPatients: true },
    ]),
  )
})

async function staffMember(roles: readonly Role[]): Promise<Visitor> {
  const { staffId } = await aStaffMember(db, practice, { name: 'Sam Reed', roles })
  const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
  return signedIn(app, accountId, { practice, subjectId: staffId, relation: 'staff' })
}

const faultsIn = (answer: Answer) =>
  [...answer.html.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)

const wholeType = {
  name: 'Routine',
  publicName: '',
  minutes: '15',
  nationalCategory: 'General Consultation Routine',
  serviceSetting: 'general-practice',
  deliveryChannel: 'in-person',
  patientsMayBook: 'yes',
  minAge: '',
  maxAge: '',
  sex: 'any',
  releaseRule: 'at-once',
  releaseDays: '',
  releaseTime: '',
  horizonDays: '',
  closesMinutesBefore: '',
}

/** Adds a type by its form, and gives its id. */
async function addType(given: Readonly<Record<string, string>> = {}): Promise<string> {
  const form = await manager.get(`${base}/types/new`)
  const key = hiddenField(form, 'idempotencyKey')
  const sent = await manager.post(`${base}/types`, { ...wholeType, ...given, idempotencyKey: key })
  expect(sent).toMatchObject({ status: 303, location: `${base}/types/${key}?done=added` })
  return key
}

async function addTemplate(type: string, given: Readonly<Record<string, string>> = {}) {
  const form = await manager.get(`${base}/templates/new`)
  const idempotencyKey = hiddenField(form, 'idempotencyKey')
  const fields = {
    name: 'Morning surgery',
    staffId: drOkafor,
    roomId: '',
    weekday: '1',
    everyWeeks: '1',
    startsOn: '2026-03-02',
    endsOn: '',
    part1From: '09:00',
    part1Until: '10:00',
    part1Type: type,
    part1Minutes: '',
    part2From: '10:20',
    part2Until: '11:00',
    part2Type: type,
    part2Minutes: '20',
    ...given,
    idempotencyKey,
  }
  return { fields, id: idempotencyKey, sent: await manager.post(`${base}/templates`, fields) }
}

describe('slot types', () => {
  test('are added, shown, changed and taken out of use', async () => {
    const id = await addType()
    const list = await manager.get(`${base}/types`)
    expect(list.words).toContain('Routine')
    expect(list.words).not.toContain('Has no')
    const form = await manager.get(`${base}/types/${id}/change`)
    expect(form.html).toContain('value="Routine"')
    const changed = await manager.post(`${base}/types/${id}`, {
      ...wholeType,
      name: 'Smears',
      publicName: 'Nurse appointment',
      sex: 'female',
      minAge: '25',
      maxAge: '64',
      invitedOnly: 'yes',
      releaseRule: 'days-before',
      releaseDays: '14',
      releaseTime: '08:00',
      follow: 'no',
    })
    const page = await manager.get(changed.location ?? '')
    expect(page.words).toContain('Slot type changed')
    expect(page.words).toContain('Aged 25 to 64; Female patients; Invited patients only')
    expect(page.words).toContain('14 days before at 8:00am')
    expect(page.words).toContain('Nurse appointment')
    const retired = await manager.post(`${base}/types/${id}/retire`)
    expect((await manager.get(retired.location ?? '')).words).toContain('There are no slot types')
    expect((await manager.get(`${base}/types/${id}/change`)).status).toBe(404)
  })

  test('tell every fault at once, in page order, and keep what was typed', async () => {
    const form = await manager.get(`${base}/types/new`)
    const answer = await manager.post(`${base}/types`, {
      ...wholeType,
      idempotencyKey: hiddenField(form, 'idempotencyKey'),
      name: '',
      publicName: 'Nurse appointment',
      minutes: '0',
      minAge: 'six',
      releaseRule: 'sometimes',
    })
    expect(answer.status).toBe(400)
    expect(answer.html).toMatch(/<title>Error: /)
    expect(faultsIn(answer)).toEqual(['name', 'minutes', 'minAge', 'releaseRule'])
    expect(answer.html).toContain('value="Nurse appointment"')
    const unmet = await manager.post(`${base}/types`, {
      ...wholeType,
      idempotencyKey: hiddenField(form, 'idempotencyKey'),
      nationalCategory: '',
      deliveryChannel: 'none',
      minAge: '40',
      maxAge: '39',
    })
    expect(faultsIn(unmet)).toEqual(['nationalCategory', 'deliveryChannel', 'maxAge'])
    const untimed = await manager.post(`${base}/types`, {
      ...wholeType,
      idempotencyKey: hiddenField(form, 'idempotencyKey'),
      releaseRule: 'days-before',
    })
    expect(faultsIn(untimed)).toEqual(['releaseDays', 'releaseTime'])
  })

  test('are flagged plainly without a category, and a name is told to be taken', async () => {
    await addType({ nationalCategory: '', patientsMayBook: '', deliveryChannel: 'none' })
    const list = await manager.get(`${base}/types`)
    expect(list.words).toContain('Has no national category and no way of meeting')
    const form = await manager.get(`${base}/types/new`)
    const again = await manager.post(`${base}/types`, {
      ...wholeType,
      name: 'routine',
      idempotencyKey: hiddenField(form, 'idempotencyKey'),
    })
    expect(again.words).toContain('Another type has that name')
  })

  test('ask whether slots made already follow, and say how many did', async () => {
    const id = await addType()
    await addTemplate(id)
    await manager.post(`${base}/templates/make`, { weeks: '1' })
    const form = await manager.get(`${base}/types/${id}/change`)
    expect(form.words).toContain('12 slots of this type are made already and still free')
    const telephone = { ...wholeType, deliveryChannel: 'telephone' }
    const unsaid = await manager.post(`${base}/types/${id}`, telephone)
    expect(faultsIn(unsaid)).toEqual(['follow'])
    const sent = await manager.post(`${base}/types/${id}`, { ...telephone, follow: 'yes' })
    expect((await manager.get(sent.location ?? '')).words).toContain(
      'Slot type changed, with 12 free slots',
    )
    const refused = await manager.post(`${base}/types/${id}/retire`)
    expect(refused.status).toBe(409)
    expect(refused.words).toContain('These templates make slots of it: Morning surgery')
  })
})

describe('invitations', () => {
  const wholeInvitation = { kind: 'recall', expiresOn: '2026-05-01' }

  async function nhsNumberOf(): Promise<NhsNumber> {
    const { patientId } = await aPatient(db, practice)
    const found = await db.transaction(systemProof(practice), (tx) => patientById(tx, patientId))
    if (!found) throw new Error('No patient')
    return found.nhsNumber
  }

  test('go to a pasted list, with what was not found kept to be put right, and are withdrawn', async () => {
    const path = `${base}/types/${await addType({ invitedOnly: 'yes' })}/invitations`
    const [one, two] = [await nhsNumberOf(), await nhsNumberOf()]
    const sent = await manager.post(path, {
      ...wholeInvitation,
      nhsNumbers: `${formatNhsNumber(one)}\r\n${two}, 999 999 9999\nAnn`,
    })
    expect(sent.status).toBe(200)
    expect(sent.words).toContain('2 patients were invited.')
    expect(sent.words).toContain('Not an NHS number: Ann.')
    expect(sent.words).toContain('Not found at this practice: 999 999 9999.')
    expect(sent.html).toContain('9999999999\nAnn</textarea>')
    const again = await manager.post(path, { ...wholeInvitation, nhsNumbers: one })
    expect(again.words).toContain(`Invited before, and not again: ${formatNhsNumber(one)}`)
    const action = /action="([^"]*\/withdraw)"/.exec(again.html)?.[1] ?? ''
    const withdrawn = await manager.post(action)
    const page = await manager.get(withdrawn.location ?? '')
    expect(page.words).toContain('Invitation withdrawn')
    expect(page.words).toContain('Can book until 1 May 2026')
  })

  test('go to people found by name, whose names shown are in the trail', async () => {
    const path = `${base}/types/${await addType()}/invitations`
    await nhsNumberOf()
    const found = await manager.get(`${path}?search=pat`)
    expect(found.words).toContain('Patel, Ann, born 12 April 1961')
    expect(found.words).toContain('Anyone who may book this type can, invited or not')
    const patient = /name="patient" type="checkbox" value="([^"]+)"/.exec(found.html)?.[1] ?? ''
    const sent = await manager.post(path, { ...wholeInvitation, patient, search: 'pat' })
    expect(sent.words).toContain('1 patient was invited.')
    const looks = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly details: Readonly<Record<string, unknown>> }>(sql`
        select details
        from audit.event
        where practice = ${practice}
          and type = 'appointments.invitations-viewed'
        order by event_id
      `),
    )
    expect(looks[0]?.details).toMatchObject({ patientIds: [patient] })
  })

  test('tell what is missing', async () => {
    const path = `${base}/types/${await addType()}/invitations`
    const none = await manager.post(path, { nhsNumbers: '', expiresOn: '' })
    expect(none.status).toBe(400)
    expect(faultsIn(none)).toEqual(['kind', 'expiresOn'])
    const past = await manager.post(path, { kind: 'recall', expiresOn: '2026-03-01' })
    expect(faultsIn(past)).toEqual(['nhsNumbers', 'expiresOn'])
  })
})

describe('templates', () => {
  test('are added, previewed and made in one press, once', async () => {
    const { sent } = await addTemplate(await addType())
    expect((await manager.get(sent.location ?? '')).words).toContain('Template added')
    const preview = await manager.get(`${base}/templates/preview?weeks=5`)
    expect(preview.words).toContain('5 sessions with 30 slots can be made for the next 5 weeks')
    expect(preview.words).toContain('Monday 6 April 2026 Session Morning surgery')
    expect(preview.words).toContain('Bank holiday: Easter Monday')
    for (const made of ['5 sessions were made', '0 sessions were made']) {
      const answer = await manager.post(`${base}/templates/make`, { weeks: '5' })
      expect((await manager.get(answer.location ?? '')).words).toContain(made)
    }
    expect(await storedSlots(db, practice)).toHaveLength(30)
  })

  test('that clash are made only where staff say so', async () => {
    const type = await addType()
    await addTemplate(type)
    await addTemplate(type, { name: 'Clashing' })
    const preview = await manager.get(`${base}/templates/preview?weeks=1`)
    // Templates of one moment come in the order of their ids, which is by chance.
    expect(preview.words).toMatch(
      /The clinician has another session then: (Morning surgery|Clashing), 9:00am to 11:00am/,
    )
    const first = await manager.post(`${base}/templates/make`, { weeks: '1' })
    expect((await manager.get(first.location ?? '')).words).toContain(
      '2 sessions were made, and 2 left for you to decide',
    )
    const all = await manager.post(`${base}/templates/make`, { weeks: '1', despiteClashes: 'yes' })
    expect((await manager.get(all.location ?? '')).words).toContain('2 sessions were made')
  })

  test('tell every fault at once, keep what was typed, and show more rows without faults', async () => {
    const type = await addType()
    const { sent, fields } = await addTemplate(type, {
      name: '',
      weekday: '',
      startsOn: 'soon',
      part1Until: '9',
      part2Type: '',
      part3From: '12:00',
    })
    expect(sent.status).toBe(400)
    expect(faultsIn(sent)).toEqual([
      'name',
      'weekday',
      'startsOn',
      'part1Until',
      'part2Type',
      'part3Until',
      'part3Type',
    ])
    expect(sent.html).toContain('value="soon"')
    const more = await manager.post(`${base}/templates`, { ...fields, rows: '8' })
    expect(more.status).toBe(200)
    expect(more.html).toContain('name="part8From"')
    expect(faultsIn(more)).toEqual([])
    const crossed = await addTemplate(type, { part2From: '09:30' })
    expect(crossed.sent.words).toContain('Part 2: it overlaps another part')
  })

  test('change for sessions not made yet, and say so; are copied and retired', async () => {
    const { id, fields } = await addTemplate(await addType())
    await manager.post(`${base}/templates/make`, { weeks: '1' })
    const form = await manager.get(`${base}/templates/${id}`)
    expect(form.words).toContain(
      '2 sessions to come are made from this template already, and stay as they are',
    )
    const changed = await manager.post(`${base}/templates/${id}`, { ...fields, weekday: '2' })
    expect((await manager.get(changed.location ?? '')).words).toContain('Tuesday')
    const copy = await manager.get(`${base}/templates/${id}/copy`)
    expect(copy.html).toContain('value="Morning surgery"')
    expect(hiddenField(copy, 'idempotencyKey')).not.toBe(id)
    const retired = await manager.post(`${base}/templates/${id}/retire`)
    const list = await manager.get(retired.location ?? '')
    expect(list.words).toContain('Template retired')
    expect(list.words).toContain('There are no templates yet')
    expect((await manager.get(`${base}/templates/${id}`)).status).toBe(404)
  })
})

describe('closures and leave', () => {
  test('are added and removed, and say what is made already', async () => {
    await aClinic(db, practice, [aNewSlot({ startsAt: new Date('2026-03-09T10:00:00Z') })], {
      staffId: drOkafor,
    })
    const page = await manager.get(`${base}/closures`)
    expect(page.words).toContain('Friday 3 April 2026: Good Friday')
    const keys = [...page.html.matchAll(/name="idempotencyKey" value="([^"]+)"/g)].map(
      ([, key]) => key ?? '',
    )
    const closed = await manager.post(`${base}/closures`, {
      idempotencyKey: keys[0] ?? '',
      reason: 'Training',
      closedFromDay: '2026-03-09',
      closedFromTime: '',
      closedUntilDay: '2026-03-09',
      closedUntilTime: '',
    })
    expect(closed).toMatchObject({ status: 303, location: `${base}/closures?done=closed` })
    await manager.post(`${base}/leave`, {
      idempotencyKey: keys[1] ?? '',
      awayId: drOkafor,
      awayFromDay: '2026-03-09',
      awayFromTime: '13:00',
      awayUntilDay: '2026-03-10',
      awayUntilTime: '',
    })
    const both = await manager.get(`${base}/closures`)
    expect(both.words).toContain('All of 9 March 2026 Where Whole practice Why Training')
    expect(both.words).toContain('1 session, 0 booked')
    expect(both.words).toContain('9 March 2026, 1:00pm to 10 March 2026 Who Dr Okafor')
    for (const kind of ['closures', 'leave']) {
      const action = new RegExp(`action="([^"]*/${kind}/[^"]*/remove)"`).exec(both.html)?.[1] ?? ''
      expect((await manager.post(action)).status).toBe(303)
      expect((await manager.post(action)).status).toBe(404)
    }
    expect((await manager.get(`${base}/closures`)).words).toContain('None to come')
  })

  test('tell what is missing or over already', async () => {
    const page = await manager.get(`${base}/closures`)
    const idempotencyKey = hiddenField(page, 'idempotencyKey')
    const none = await manager.post(`${base}/closures`, { idempotencyKey })
    expect(faultsIn(none)).toEqual(['reason', 'closedFromDay', 'closedUntilDay'])
    const over = await manager.post(`${base}/leave`, {
      idempotencyKey,
      awayId: drOkafor,
      awayFromDay: '2026-02-01',
      awayUntilDay: '2026-02-02',
    })
    expect(faultsIn(over)).toEqual(['awayUntilDay'])
    const backwards = await manager.post(`${base}/leave`, {
      idempotencyKey,
      awayId: drOkafor,
      awayFromDay: '2026-03-29',
      awayFromTime: '01:30',
      awayUntilDay: '2026-03-28',
    })
    expect(faultsIn(backwards)).toEqual(['awayFromTime', 'awayUntilDay'])
  })
})

describe('a single session', () => {
  const whole = {
    name: 'Evening surgery',
    staffId: '',
    roomId: '',
    day: '2026-03-05',
    startTime: '17:00',
    endTime: '18:00',
    minutes: '',
    releaseDay: '',
    releaseTime: '',
  }

  test('makes its slots of a type, once however often the form is sent', async () => {
    const slotTypeId = await addType()
    const form = await manager.get(`${base}/sessions/new?day=2026-03-05`)
    expect(form.words).toContain('Routine (15 minutes, in person)')
    const fields = {
      ...whole,
      slotTypeId,
      break1From: '17:15',
      break1Until: '17:30',
      idempotencyKey: hiddenField(form, 'idempotencyKey'),
    }
    const sent = await manager.post(`${base}/sessions`, fields)
    expect(sent).toMatchObject({ status: 303, location: `${base}?day=2026-03-05&done=session` })
    await manager.post(`${base}/sessions`, fields)
    expect(await storedSlots(db, practice)).toHaveLength(3)
    const day = await manager.get(sent.location ?? '')
    expect(day.words).toContain('Evening surgery, 5:00pm to 6:00pm')
  })

  test('is added at a weekend only when that is confirmed', async () => {
    const slotTypeId = await addType()
    const form = await manager.get(`${base}/sessions/new`)
    const idempotencyKey = hiddenField(form, 'idempotencyKey')
    const fields = { ...whole, slotTypeId, idempotencyKey, day: '2026-03-07' }
    const warned = await manager.post(`${base}/sessions`, fields)
    expect(warned.status).toBe(400)
    expect(warned.words).toContain('It is at a weekend.')
    expect(warned.html).toContain('value="Evening surgery"')
    expect(await storedSlots(db, practice)).toHaveLength(0)
    expect((await manager.post(`${base}/sessions`, { ...fields, anyway: 'yes' })).status).toBe(303)
    expect(await storedSlots(db, practice)).toHaveLength(4)
  })

  test('tells every fault at once, in page order, and refuses one past midnight', async () => {
    const slotTypeId = await addType()
    const form = await manager.get(`${base}/sessions/new`)
    const idempotencyKey = hiddenField(form, 'idempotencyKey')
    const answer = await manager.post(`${base}/sessions`, {
      ...whole,
      idempotencyKey,
      name: '',
      staffId: idempotencyKey,
      startTime: '',
      break1From: '9',
      slotTypeId: '',
      minutes: '481',
      releaseDay: 'soon',
    })
    expect(answer.status).toBe(400)
    expect(faultsIn(answer)).toEqual([
      'name',
      'staffId',
      'startTime',
      'break1From',
      'break1Until',
      'slotTypeId',
      'minutes',
      'releaseDay',
    ])
    const night = { ...whole, idempotencyKey, slotTypeId, startTime: '22:00', endTime: '01:00' }
    const refused = await manager.post(`${base}/sessions`, night)
    expect(refused.words).toContain('For one past midnight, add a session for each day')
    expect(await storedSlots(db, practice)).toHaveLength(0)
  })

  test('needs a slot type first', async () => {
    expect((await manager.get(`${base}/sessions/new`)).words).toContain('no slot types yet')
  })
})

describe('flagged slots', () => {
  test('are listed by name and given a type', async () => {
    const { nationalCategory: _, ...bare } = aNewSlot({
      startsAt: minutesAfter(now, 1500),
      bookableOnline: false,
      slotType: 'Old & odd',
    })
    await aClinic(db, practice, [bare])
    const slotTypeId = await addType()
    expect((await manager.get(`${base}/types`)).words).toContain(
      '1 slot to come has no national category or way of meeting',
    )
    const none = await manager.post(`${base}/flagged`, {})
    expect(faultsIn(none)).toEqual(['group', 'slotTypeId'])
    const sent = await manager.post(`${base}/flagged`, { group: 'Old & odd', slotTypeId })
    const page = await manager.get(sent.location ?? '')
    expect(page.words).toContain('1 slot has a type now')
    expect(page.words).toContain('There are none')
  })
})

describe('the release plan', () => {
  test('shows what opens when, and moves it', async () => {
    const type = await addType({
      releaseRule: 'days-before',
      releaseDays: '3',
      releaseTime: '08:00',
    })
    await addTemplate(type)
    await manager.post(`${base}/templates/make`, { weeks: '2' })
    const plan = await manager.get(`${base}/releases?weeks=4`)
    expect(plan.words).toContain('Friday 6 March 2026 at 8:00am')
    expect(plan.words).toContain('Type Routine Slots 6 They are On 9 March 2026')
    const release = /name="release" type="checkbox" value="([^"]+)"/.exec(plan.html)?.[1] ?? ''
    const none = await manager.post(`${base}/releases?weeks=4`, {})
    expect(faultsIn(none)).toEqual(['release'])
    const late = await manager.post(`${base}/releases?weeks=4`, {
      release,
      releaseDay: '2026-03-09',
      releaseTime: '09:00',
    })
    expect(late.words).toContain('starts on Monday 9 March 2026 at 9:00am')
    expect(late.html).toMatch(/<input[^>]*name="release"[^>]*\schecked/)
    const sent = await manager.post(`${base}/releases?weeks=4`, {
      release,
      releaseDay: '2026-03-05',
      releaseTime: '18:00',
    })
    const moved = await manager.get(sent.location ?? '')
    expect(moved.words).toContain('6 slots changed')
    expect(moved.words).toContain('Thursday 5 March 2026 at 6:00pm')
  })
})

test('planning is only for those who publish slots', async () => {
  const receptionist = await staffMember(['receptionist'])
  for (const path of ['types', 'templates', 'closures', 'releases', 'flagged', 'settings']) {
    expect((await receptionist.get(`${base}/${path}`)).status).toBe(403)
  }
})
