import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { systemProof, type Database } from '#platform/db'
import { bookAppointment } from '#modules/appointments'
import { aClinic, aKey, aNewSlot } from '../../../../../test/support/clinic.ts'
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
import { defaultRules } from '../../domain/slot.ts'
import { registerAppointments } from '../../plugin.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { settingGroups, typedSettings } from './settings-fields.ts'

const now = new Date('2026-03-02T08:00:00Z')
const path = '/practice/appointments/settings'
const whole = typedSettings(defaultRules)

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
  test$.setNow(now)
  practice = await aPractice(db)
  const { staffId } = await aStaffMember(db, practice, {
    name: 'Sam Reed',
    roles: ['practice-manager'],
  })
  const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
  manager = await signedIn(app, accountId, { practice, subjectId: staffId, relation: 'staff' })
})

const settings = () => db.transaction(systemProof(practice), practiceSettings)
const faultsIn = (answer: Answer) =>
  [...answer.html.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)

/** Checks these settings and saves them, as the check page offers it. */
async function save(given: Readonly<Record<string, string>>): Promise<Answer> {
  const checked = await manager.post(`${path}/check`, { ...whole, ...given })
  expect(checked.status).toBe(200)
  const names = [...Object.keys(whole), 'version']
  const hidden = Object.fromEntries(names.map((name) => [name, hiddenField(checked, name)]))
  return manager.post(path, hidden)
}

describe('the settings', () => {
  test('are all there with what they do and their defaults', async () => {
    const page = await manager.get(path)
    expect(page.words).toContain('These are the defaults')
    const fields = settingGroups.flatMap((group) => group.fields)
    expect(fields.map((field) => field.name).toSorted()).toEqual(
      Object.keys(defaultRules).toSorted(),
    )
    for (const field of fields) {
      expect(page.words).toContain(field.does)
      expect(page.html).toContain(`id="${field.name}"`)
    }
  })

  test('are saved after a look at what would change, and say since when and by whom', async () => {
    const saved = await save({ horizonDays: '56', cancelOnline: 'no', quietFrom: '21:30' })
    expect(saved).toMatchObject({ status: 303, location: `${path}?done=saved` })
    expect(await settings()).toEqual({
      ...defaultRules,
      horizonDays: 56,
      cancelOnline: false,
      quietFrom: '21:30',
    })
    const page = await manager.get(`${path}?done=saved`)
    expect(page.words).toContain('Settings saved')
    expect(page.words).toContain('Last changed on Monday 2 March 2026 at 8:00am by Sam Reed.')
  })

  test('tell before they are saved whom a lower limit touches, and take nothing away', async () => {
    const slots = await aClinic(
      db,
      practice,
      [100, 200, 200_000].map((after) => aNewSlot({ startsAt: minutesAfter(now, after) })),
    )
    const { acting } = await aPatient<'appointments'>(db, practice)
    for (const slotId of slots.slice(0, 2)) {
      await bookAppointment(db, acting, { slotId, reason: '', idempotencyKey: aKey(db) })
    }
    const checked = await manager.post(`${path}/check`, {
      ...whole,
      maxHeld: '1',
      horizonDays: '100',
      cancelMinutesBefore: '150',
      cancelOnline: 'no',
      waitlistOpen: 'no',
    })
    expect(checked.words).toContain('Most future appointments of one patient Now 2 Then 1')
    expect(checked.words).toContain('1 patient holds more than that now')
    expect(checked.words).toContain('0 free slots open now would not be shown yet')
    expect(checked.words).toContain('1 appointment could be cancelled online now, and then not')
    expect(checked.words).toContain('2 appointments to come could only be cancelled by phone')
    expect(checked.words).toContain('0 people waiting now would be offered nothing')
    expect(await settings()).toEqual(defaultRules)
  })

  test('say when nothing would change', async () => {
    expect((await manager.post(`${path}/check`, whole)).words).toContain('Nothing would change.')
  })

  test('tell every fault at once, in page order, and keep what was typed', async () => {
    const answer = await manager.post(`${path}/check`, {
      ...whole,
      maxHeld: '21',
      reasonRequired: '',
      quietUntil: '6',
      missedAdvice: 'x'.repeat(301),
      weeksAhead: 'many',
    })
    expect(answer.status).toBe(400)
    expect(faultsIn(answer)).toEqual([
      'maxHeld',
      'reasonRequired',
      'quietUntil',
      'missedAdvice',
      'weeksAhead',
    ])
    expect(answer.html).toContain('value="many"')
    const roomless = { ...whole, reasonRequired: 'yes', reasonMax: '0' }
    expect(faultsIn(await manager.post(`${path}/check`, roomless))).toEqual(['reasonMax'])
  })

  test('are not saved over what somebody else saved since they were checked', async () => {
    const checked = await manager.post(`${path}/check`, { ...whole, maxHeld: '5' })
    const version = hiddenField(checked, 'version')
    await save({ maxHeld: '3' })
    const late = await manager.post(path, { ...whole, maxHeld: '5', version })
    expect(late.status).toBe(400)
    expect(late.words).toContain('The settings were changed since you looked at them')
    expect((await settings()).maxHeld).toBe(3)
  })
})
