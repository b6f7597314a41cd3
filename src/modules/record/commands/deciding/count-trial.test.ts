import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import type { Subject } from '#kernel/subjects'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import { openLog } from '#platform/log'
import { runDueJobs } from '#platform/jobs'
import { recordAreas, setPracticeServices } from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aProxyFor, storedPatient } from '../../../../../test/support/joining.ts'
import { aRecordPatient } from '../../../../../test/support/readers.ts'
import { aNote, aResult, aWeight } from '../../../../../test/support/record-builders.ts'
import { actingFor, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { privateSubjects, type PrivateSubject } from '../../../access/domain/proxies/reach.ts'
import { gains } from '../../domain/deciding/trial.ts'
import { grantAt, trialReaders } from '../../queries/review/trial.ts'
import { latestTrialRun, trialTotals } from '../../queries/review/trial-totals.ts'
import { chooseReading } from '../reading/choose-reading.ts'
import { readSubjects } from '../reading/read-subjects.ts'
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

  /** CO-4, PX-9: subjects that are told in person first, or kept from a proxy, are gained by nobody. */
  test('counts for each reader what they would see once the practice shows more, and nothing else', async () => {
    const { db } = database
    const own = await aPractice(db)
    const sad = { kind: 'problem', title: 'Depressive disorder', codings: [] } as const
    const person = await aRecordPatient(db, own, [
      aResult({ sourceKey: 'sodium' }),
      aWeight({ ...sad, sourceKey: 'sad' }),
      aWeight({ ...sad, sourceKey: 'hip', title: 'Sprained ankle' }),
    ])
    const { patientId } = person
    const patient = await storedPatient(db, own, patientId)
    const grant = {
      appointments: 'none',
      prescriptions: 'none',
      recordCurrent: 'full',
      recordHistorical: 'full',
    } as const
    const given = async (subjects: readonly PrivateSubject[]) => {
      const reach = { areas: [...recordAreas], subjects }
      return (await aProxyFor(db, own, patient, { grant, reach })).accountId
    }
    const readers = {
      self: person.accountId,
      trusted: await given(privateSubjects),
      careful: await given([]),
    }
    const self = { ...actingFor<'record'>(own, patientId, person.accountId), as: 'self' as const }
    const choose = (tellInPerson: readonly Subject[], keepPrivate: readonly Subject[]) =>
      db.transaction(self, (tx) => chooseReading(tx, { tellInPerson, keepPrivate }))
    const readNow = () => db.transaction(systemProof(own), (tx) => readSubjects(tx, patientId))
    const gainedBy = () =>
      db.transaction(systemProof(own), async (tx) => {
        const found = await trialReaders(tx, [patientId])
        const gained = Object.entries(readers).map(([who, accountId]) => {
          const one = found.find(({ association }) => association.accountId === accountId)
          if (!one) throw new Error(`${who} is no reader`)
          const { association, counts } = one
          const more = gains(counts, grantAt(association, 'summary'), grantAt(association, 'full'))
          return [who, more.reduce((sum, { entries }) => sum + entries, 0)]
        })
        return Object.fromEntries(gained)
      })
    const shownTo = async () => {
      const shown = Object.entries(readers).map(async ([who, accountId]) => {
        const rows = await db.transaction(actingFor<'record'>(own, patientId, accountId), (tx) =>
          tx.many(sql`
            select entry_id from record.shown_entry
            where practice = ${own} and patient_id = ${patientId}
            limit 100`),
        )
        return [who, rows.length]
      })
      return Object.fromEntries(await Promise.all(shown))
    }

    await readNow()
    expect(await gainedBy()).toEqual({ self: 3, trusted: 3, careful: 2 })
    await choose([], ['mental-health'])
    expect(await gainedBy()).toEqual({ self: 3, trusted: 2, careful: 2 })
    database.setNow(minutesAfter(db.now(), 1))
    await choose(['sexual-health'], [])
    await person.add([aResult({ sourceKey: 'hiv', title: 'HIV 1 and 2 antibody', codings: [] })])
    expect(await gainedBy(), 'before it was read').toEqual({ self: 3, trusted: 3, careful: 0 })
    await readNow()
    expect(await gainedBy()).toEqual({ self: 3, trusted: 3, careful: 2 })
    expect(await gainedBy()).toEqual(await shownTo())
  })
})
