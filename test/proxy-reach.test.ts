import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import { recordAreas, type RecordArea } from '#modules/access'
import type { IncomingEntry } from '#modules/record'
import { changeReach } from '../src/modules/access/commands/proxies/change-reach.ts'
import {
  endOwnProxy,
  stopSharingQuietly,
} from '../src/modules/access/commands/proxies/stop-proxy.ts'
import {
  changeServices,
  endAccess,
  suspendAccess,
  type AssociationId,
} from '../src/modules/access/commands/rights/change-services.ts'
import { privateSubjects, type PrivateSubject } from '../src/modules/access/domain/proxies/reach.ts'
import { decidePermissions } from '../src/modules/access/domain/services.ts'
import { openAssociation } from '../src/modules/access/queries/associations.ts'
import { chooseReading } from '../src/modules/record/commands/reading/choose-reading.ts'
import { readSubjects } from '../src/modules/record/commands/reading/read-subjects.ts'
import { entriesOfKinds } from '../src/modules/record/queries/entries.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aProxyFor, storedPatient } from './support/joining.ts'
import { aRecordPatient } from './support/readers.ts'
import { aConsultation, aResult, aWeight } from './support/record-builders.ts'
import { actingFor, aPractice } from './support/surgery.ts'

const levels = ['none', 'summary', 'detailed', 'documents', 'full'] as const
type Level = (typeof levels)[number]

const entries: readonly IncomingEntry[] = [
  aWeight({ sourceKey: 'weight' }),
  aWeight({ sourceKey: 'drink', title: 'Alcohol consumption', codings: [] }),
  aResult({ sourceKey: 'sodium' }),
  aResult({ sourceKey: 'hiv', title: 'HIV 1 and 2 antibody', codings: [] }),
  aConsultation({ sourceKey: 'visit' }),
  aWeight({ sourceKey: 'sad', kind: 'problem', title: 'Depressive disorder', codings: [] }),
  aWeight({ sourceKey: 'ankle', kind: 'problem', title: 'Sprained ankle', codings: [] }),
  aWeight({ sourceKey: 'pill', kind: 'medication', title: 'Rigevidon tablets', codings: [] }),
  aWeight({ sourceKey: 'cream', kind: 'medication', title: 'Emollient cream', codings: [] }),
]
const kinds = [
  'measurement',
  'observation',
  'result',
  'consultation',
  'problem',
  'medication',
] as const

const aLevel = fc.constantFrom<Level>(...levels)
const aReach = fc.record({
  areas: fc.subarray<RecordArea>([...recordAreas]),
  subjects: fc.subarray<PrivateSubject>([...privateSubjects]),
})
const aStep = fc.record({
  kind: fc.constantFrom(
    'area',
    'subject',
    'current',
    'historical',
    'patient-keeps',
    'suspend',
    'end',
    'patient-ends',
    'not-safe',
  ),
  on: fc.nat(8),
})
type Step = typeof aStep extends fc.Arbitrary<infer Value> ? Value : never

/** DESIGN I-4, I-5: over random grants to a proxy, each lowered step by step until it is gone. */
describe('what a proxy sees', () => {
  let base: TestDatabase

  beforeAll(async () => {
    base = await makeDatabase()
  })
  afterAll(() => base.drop())

  test(
    'is never more than was given, and never more after anything is turned down or ended',
    { timeout: 180_000 },
    async () => {
      let everShown = 0
      let everPrivate = 0
      await fc.assert(
        fc.asyncProperty(
          fc.record({ current: aLevel, historical: aLevel, reach: aReach }),
          fc.array(aStep, { minLength: 1, maxLength: 5 }),
          async (given, steps) => {
            const world = await aWorld(base, given)
            let before = await world.seen()
            everShown += before.size
            const ofSubject: Readonly<Record<string, PrivateSubject>> = {
              drink: 'alcohol-drugs',
              hiv: 'sexual-health',
              sad: 'mental-health',
              pill: 'pregnancy',
            }
            for (const [key, subject] of Object.entries(ofSubject)) {
              if (before.has(key)) everPrivate += 1
              expect(before.has(key) && !given.reach.subjects.includes(subject)).toBe(false)
            }
            for (const step of steps) {
              const isOver = await world.lower(step)
              const after = await world.seen()
              expect([...after].filter((key) => !before.has(key))).toEqual([])
              if (isOver) expect(after.size).toBe(0)
              before = after
            }
          },
        ),
        { numRuns: 40 },
      )
      expect(everShown).toBeGreaterThan(15)
      expect(everPrivate).toBeGreaterThan(0)
    },
  )
})

async function aWorld(
  base: TestDatabase,
  given: {
    readonly current: Level
    readonly historical: Level
    readonly reach: {
      readonly areas: readonly RecordArea[]
      readonly subjects: readonly PrivateSubject[]
    }
  },
) {
  const { db } = base
  const practice = await aPractice(db)
  const { patientId, accountId } = await aRecordPatient(db, practice, entries)
  const patient = await storedPatient(db, practice, patientId)
  const grant = {
    appointments: 'none',
    prescriptions: 'none',
    recordCurrent: given.current,
    recordHistorical: given.historical,
  } as const
  const proxy = await aProxyFor(db, practice, patient, { grant, reach: given.reach })
  await db.transaction(systemProof(practice), (tx) => readSubjects(tx, patientId))
  base.setNow(minutesAfter(db.now(), 1))
  const associationId = await associationOf(base, practice, proxy.accountId)
  const at = { patientId, associationId }
  const now = { ...grant, areas: [...given.reach.areas], subjects: [...given.reach.subjects] }
  const self = actingFor<'record'>(practice, patientId, accountId)
  const { staff, proxyId } = proxy
  const kept = new Set<PrivateSubject>()
  let isOver = false

  const setReach = () =>
    db.transaction(staff.acting, (tx) =>
      changeReach(tx, at, {
        reach: { areas: now.areas, subjects: now.subjects },
        seesContact: false,
      }),
    )
  const setLevels = () =>
    db.transaction(staff.acting, (tx) =>
      changeServices(tx, at, { grant: { ...grant, ...pickLevels(now) }, isQuiet: true }),
    )
  const lower = async ({ kind, on }: Step): Promise<boolean> => {
    switch (kind) {
      case 'area':
        now.areas.splice(on % Math.max(1, now.areas.length), 1)
        await setReach()
        break
      case 'subject':
        now.subjects.splice(on % Math.max(1, now.subjects.length), 1)
        await setReach()
        break
      case 'current':
        now.recordCurrent = lowered(now.recordCurrent, on)
        await setLevels()
        break
      case 'historical':
        now.recordHistorical = lowered(now.recordHistorical, on)
        await setLevels()
        break
      case 'patient-keeps': {
        kept.add(privateSubjects[on % privateSubjects.length] ?? 'cancer')
        await db.transaction({ ...self, as: 'self' as const }, (tx) =>
          chooseReading(tx, { tellInPerson: [], keepPrivate: [...kept] }),
        )
        break
      }
      case 'suspend':
        await db.transaction(staff.acting, (tx) => suspendAccess(tx, at, 'surgery'))
        isOver = true
        break
      case 'end':
        await db.transaction(staff.acting, (tx) => endAccess(tx, at))
        isOver = true
        break
      case 'patient-ends':
        await db.transaction(self, (tx) => endOwnProxy(tx, proxyId))
        isOver = true
        break
      case 'not-safe':
        await db.transaction(self, stopSharingQuietly)
        isOver = true
        break
    }
    return isOver
  }
  /** As a page reads it: what the account may use is looked up in the transaction that reads. */
  const seen = () =>
    db.transaction({ ...proxy.acting, as: 'proxy' as const, patientId }, async (tx) => {
      const who = { practice, accountId: proxy.accountId, patientId, now: db.now() }
      const association = await openAssociation(tx, who)
      if (!association) return new Set<string>()
      const { recordCurrent, recordHistorical, effectiveFrom, withheldAreas } =
        decidePermissions(association)
      const access = {
        current: recordCurrent,
        historical: recordHistorical,
        effectiveFrom,
        withheld: withheldAreas.map(({ area }) => area),
      }
      const shown = await entriesOfKinds({ tx, grants: [access] }, kinds, {
        page: 1,
        size: 50,
        withNotes: true,
      })
      return new Set(shown.entries.map(({ sourceKey }) => sourceKey))
    })
  return { lower, seen }
}

function pickLevels(now: { readonly recordCurrent: Level; readonly recordHistorical: Level }) {
  return { recordCurrent: now.recordCurrent, recordHistorical: now.recordHistorical }
}

function lowered(level: Level, by: number): Level {
  return levels[Math.max(0, levels.indexOf(level) - 1 - (by % 4))] ?? 'none'
}

async function associationOf(
  { db }: TestDatabase,
  practice: OdsCode,
  accountId: string,
): Promise<AssociationId> {
  const found = await db.transaction(systemProof(practice), (tx) =>
    tx.maybe<{ readonly associationId: AssociationId }>(sql`
      select association_id
      from access.association
      where practice = ${practice} and account_id = ${accountId}
    `),
  )
  if (!found) throw new Error('Nobody acts')
  return found.associationId
}
