import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { systemProof } from '#platform/db'
import type { Role } from '#modules/access'
import { aSignedInPatient, aSignedInStaffMember } from './support/app.ts'
import { aClinic, aNewSlot } from './support/clinic.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPractice } from './support/surgery.ts'
import { openPages } from './support/visitor.ts'
import { aTelling } from './support/uptake-history.ts'
import { registerAppointments } from '../src/modules/appointments/plugin.ts'
import { closeMonth } from '../src/modules/uptake/commands/closing/close-month.ts'
import { measureThirdNext } from '../src/modules/uptake/commands/closing/measure-third-next.ts'
import { saveDeciles } from '../src/modules/uptake/commands/importing/save-lists.ts'
import { parseMonth } from '../src/modules/uptake/domain/months/month.ts'
import { registerUptake } from '../src/modules/uptake/plugin.ts'
import { thirdNext } from '../src/modules/uptake/queries/timely/third-next.ts'
import { parseLocalDate } from '#kernel/time'

let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await makeDatabase(new Date('2026-03-02T09:00:00Z'))
  app = await openPages(database.db, registerUptake, registerAppointments)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

async function asStaff(practice: OdsCode, role: Role) {
  const { cookie } = await aSignedInStaffMember(database.db, practice, [role])
  return async (url: string) => {
    const answer = await app.inject({ url, headers: { cookie } })
    const main = answer.body.slice(Math.max(0, answer.body.indexOf('<main')))
    return main.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  }
}

describe('the report of uptake and equity', () => {
  let practice: OdsCode

  beforeAll(async () => {
    const { db } = database
    const told = await aTelling(database, 'R00001')
    practice = told.practice
    const at = (day: string) => new Date(`${day}T12:00:00Z`)
    await told.tell({
      kind: 'practice-switches',
      at: at('2026-01-02'),
      appts: true,
      presc: true,
      record: 'full',
    })
    for (let who = 0; who < 25; who++)
      await told.tell({ kind: 'registers', who, at: at('2026-01-03') })
    for (let who = 0; who < 3; who++) {
      await told.tell({
        kind: 'switches',
        who,
        at: at('2026-01-04'),
        appts: true,
        presc: false,
        record: 'none',
      })
    }
    const february = parseMonth('2026-02')
    if (!february) throw new Error('Not a month')
    await db.transaction(systemProof(practice), (tx) => closeMonth(tx, february))
  })

  test('tells whoever may look patients up each number as it is', async () => {
    const words = await (await asStaff(practice, 'practice-manager'))('/practice/uptake')
    expect(words).toContain('25 people registered')
    expect(words).toContain('Can use online services This month 3 (12%)')
    expect(words).toContain('45 to 64 Registered 25 Can use 3 Of 100 12')
    expect(words).toContain('Deprivation is not known')
  })

  test('tells those who see counts only no number from 1 to 4', async () => {
    const read = await asStaff(practice, 'icb-analyst')
    for (const path of ['/practice/uptake', '/practice/uptake.csv']) {
      const words = await read(path)
      expect(words).toContain('fewer than 5')
      expect(words).not.toMatch(/\b3\b/)
    }
  })

  test('counts by what the practice supplied of its postcodes', async () => {
    const { db } = database
    const month = parseMonth('2026-02')
    if (!month) throw new Error('Not a month')
    await db.transaction(systemProof(practice), async (tx) => {
      await saveDeciles(tx, [{ postcode: 'ZZ11AA', decile: 1 }])
      await closeMonth(tx, month)
    })
    const words = await (await asStaff(practice, 'practice-manager'))('/practice/uptake')
    expect(words).toContain('Not recorded Registered 25 Can use 3 Of 100 12')
  })
})

describe('the report of timely access', () => {
  test('counts the third free appointment, not the first, for patients and for everybody', async () => {
    const { db } = database
    const practice = await aPractice(db)
    const day = (text: string) => aNewSlot({ startsAt: new Date(`2026-03-${text}T10:00:00Z`) })
    await aClinic(db, practice, [day('02'), day('03'), day('05'), day('09')])
    await aClinic(db, practice, [{ ...day('04'), bookableOnline: false }])
    const today = parseLocalDate('2026-03-02')
    if (today === undefined) throw new Error('Not a day')
    const measured = await db.transaction(systemProof(practice), async (tx) => {
      await measureThirdNext(tx, today)
      return thirdNext(tx)
    })
    const at = { slotType: 'Routine', deliveryChannel: 'in-person' }
    expect(measured).toEqual([
      { ...at, isOnline: true, days: 3 },
      { ...at, isOnline: false, days: 2 },
    ])
    const words = await (
      await asStaff(practice, 'practice-manager')
    )('/practice/uptake/access?month=2026-03')
    expect(words).toContain(
      'Routine How In person For whom Patients, online Now 3 Mean of the month 3',
    )
  })

  test('counts searches that found nothing, and who had nothing a week later', async () => {
    const { db } = database
    const practice = await aPractice(db)
    const pages = await openPages(db, registerUptake, registerAppointments)
    const { cookie } = await aSignedInPatient(db, practice)
    for (let turn = 0; turn < 2; turn++) {
      const { statusCode } = await pages.inject({ url: '/appointments/slots', headers: { cookie } })
      expect(statusCode).toBe(200)
    }
    await pages.close()
    const words = await (
      await asStaff(practice, 'practice-manager')
    )('/practice/uptake/access?month=2026-03')
    expect(words).toContain(
      '1 person looked for an appointment online. 1 of them found nothing at least once, and 1 had none a week later.',
    )
    expect(words).toContain('Searches that found nothing Count 2')
  })
})
