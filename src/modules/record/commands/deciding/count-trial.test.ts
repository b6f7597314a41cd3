import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { systemProof } from '#platform/db'
import { openLog } from '#platform/log'
import { runDueJobs } from '#platform/jobs'
import { setPracticeServices } from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aRecordPatient } from '../../../../../test/support/readers.ts'
import { aNote, aResult, aWeight } from '../../../../../test/support/record-builders.ts'
import { aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { latestTrialRun, trialTotals } from '../../queries/review/trial-totals.ts'
import { beginTrial, countTrialJob } from './count-trial.ts'

/** DISCLOSURE 5; DOMAIN RA-8. */
describe('a count of what a whole practice would gain', () => {
  let database: TestDatabase
  let practice: OdsCode

  beforeAll(async () => {
    database = await makeDatabase()
    practice = await aPractice(database.db)
  })
  afterAll(() => database.drop())

  test('says by level and part what readers would see more of, and who would gain nothing', async () => {
    const { db } = database
    const snomed = 'http://snomed.info/sct'
    const review = aWeight({
      sourceKey: 'code',
      kind: 'observation',
      title: 'Administrative code',
      codings: [{ system: snomed, code: '1364731000000104' }],
    })
    const results = [aResult({ sourceKey: 'a' }), aResult({ sourceKey: 'b' })]
    const one = await aRecordPatient(db, practice, [...results, aNote({ sourceKey: 'n' })])
    await one.proxyAccount()
    await aRecordPatient(db, practice, [aResult({ sourceKey: 'a' }), review])
    await db.transaction(systemProof(practice), (tx) =>
      setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'summary' }),
    )
    const { acting } = await aStaffMember<'decide-disclosure'>(db, practice, {
      name: 'Ann Lead',
      roles: ['ig-lead'],
    })

    expect((await db.transaction(acting, beginTrial)).ok).toBe(true)
    expect(await db.transaction(acting, beginTrial)).toMatchObject({ refusal: 'running' })
    const jobs = new Map([[countTrialJob.kind, countTrialJob]])
    while (await runDueJobs(db, jobs, openLog('silent'))) continue

    const run = await db.transaction(acting, latestTrialRun)
    expect(run).toMatchObject({ patients: 2, reached: 2, paused: 1, ofPatients: 2 })
    expect(run?.finishedAt).toBeDefined()
    if (!run) return
    const totals = await db.transaction(acting, (tx) => trialTotals(tx, run.runId))
    const patients = { relation: 'self', readers: 1 }
    const proxies = { relation: 'proxy', readers: 1 }
    expect(totals).toHaveLength(8)
    for (const who of [patients, proxies]) {
      for (const level of ['detailed', 'documents', 'full'])
        expect(totals).toContainEqual({ ...who, level, section: 'results', entries: 2 })
      const notes = totals.filter((total) => total.relation === who.relation && total.entries === 1)
      expect(notes.map(({ level }) => level)).toEqual(['full'])
    }
  })
})
