import pg from 'pg'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runHistory, type Found, type Stage } from './scan/history.ts'
import { testApp } from './support/app.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPractice, aStaffMember } from './support/surgery.ts'

const histories = Number(process.env['SCAN_HISTORIES'] ?? '8')
const seed = Number(process.env['SCAN_SEED'] ?? '1')

/** DESIGN I-1, I-2, I-5 over random histories; more of them by `npm run scan -- --histories N`. */
describe('a record in a random history', () => {
  let database: TestDatabase
  let app: FastifyInstance
  let stage: Stage
  let admin: pg.Client

  beforeAll(async () => {
    database = await makeDatabase()
    app = await testApp(database.db)
    admin = new pg.Client(database.settings)
    await admin.connect()
    const practice = await aPractice(database.db)
    const staff = await Promise.all(
      (['clinician', 'clinician', 'safeguarding-lead', 'ig-lead', 'records-clerk'] as const).map(
        (role) =>
          aStaffMember<'decide-disclosure'>(database.db, practice, { name: role, roles: [role] }),
      ),
    )
    stage = { database, app, admin, practice, deciders: staff.map(({ acting }) => acting) }
  })
  afterAll(async () => {
    await admin.end()
    await app.close()
    await database.drop()
  })

  test(
    'gives nobody a word that they may not see, on any page, file or search',
    async () => {
      const found: Found[] = []
      for (let index = 0; index < histories; index++)
        found.push(await runHistory(stage, seed + index))
      const sum = (of: (one: Found) => number) => found.reduce((so, one) => so + of(one), 0)
      console.log(
        `scan: ${histories} histories from seed ${seed}, ${sum((one) => one.answersRead)} answers read, ${sum((one) => one.marksSeen)} words seen that may be, ${found.flatMap((one) => one.leaks).length} that may not`,
      )
      expect(found.flatMap((one) => one.leaks)).toEqual([])
      expect(sum((one) => one.marksSeen)).toBeGreaterThan(histories)
    },
    60_000 + histories * 30_000,
  )

  test('would be caught: a view that forgot decisions is found out', async () => {
    const { rows } = await admin.query<{ text: string }>(
      `select pg_get_viewdef('record.released_entry'::regclass) as text`,
    )
    const [{ text } = { text: '' }] = rows
    const careless = text.replace("latest.outcome = 'released'::text", 'true')
    expect(careless).not.toBe(text)
    await admin.query(
      `create or replace view record.released_entry with (security_barrier) as ${careless}`,
    )
    const leaks: string[] = []
    for (let index = 0; index < 10 && leaks.length === 0; index++)
      leaks.push(...(await runHistory(stage, 5000 + index)).leaks)
    await admin.query(
      `create or replace view record.released_entry with (security_barrier) as ${text}`,
    )
    expect(leaks).not.toEqual([])
  }, 120_000)
})
