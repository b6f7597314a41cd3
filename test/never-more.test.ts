import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, localDateOf } from '#kernel/time'
import { sql, systemProof, type Tx } from '#platform/db'
import { setPracticeServices, type StaffActing } from '#modules/access'
import type { IncomingEntry } from '#modules/record'
import { holdEntry, withholdEntry } from '../src/modules/record/commands/decide-entry.ts'
import { hideEntry } from '../src/modules/record/commands/deciding/hide-entry.ts'
import { recallEntry } from '../src/modules/record/commands/deciding/recall-entry.ts'
import { recordAccess } from '../src/modules/record/queries/access-facts.ts'
import { seenOf } from '../src/modules/record/queries/review/seen-by.ts'
import { aPatientWith, seenNow } from './support/decisions.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aConsultation, aRecord, aResult, aWeight, store } from './support/record-builders.ts'
import { aPractice, aStaffMember } from './support/surgery.ts'

type Deciding = StaffActing<'decide-disclosure'>

const levels = ['none', 'summary', 'detailed', 'documents', 'full'] as const
type Level = (typeof levels)[number]
const old = new Date('2025-01-10T09:00:00Z')
const middle = new Date('2025-09-01T00:00:00Z')

const entries: readonly IncomingEntry[] = [
  aWeight({ sourceKey: 'w-old', recordedAt: old }),
  aWeight({ sourceKey: 'w-new' }),
  aResult({ sourceKey: 'r-old', recordedAt: old, filedAt: old }),
  aResult({ sourceKey: 'r-new' }),
  aConsultation({ sourceKey: 'c' }),
  aWeight({ sourceKey: 'w-in', encounterKey: 'c', parentKey: 'c' }),
  {
    sourceKey: 'v',
    kind: 'immunisation',
    title: 'Influenza vaccination',
    recordedAt: old,
    detail: { given: true },
  },
]

/** One way of showing less; `to` picks how much less, `on` an entry. */
interface Lowering {
  readonly kind: (typeof kinds)[number]
  readonly on: number
  readonly to: number
}
const kinds = [
  'practice-level',
  'current-level',
  'historical-level',
  'area',
  'marker',
  'gone',
  'hold',
  'withhold',
  'hide',
  'recall',
  'review-code',
] as const
const aLowering: fc.Arbitrary<Lowering> = fc.record({
  kind: fc.constantFrom(...kinds),
  on: fc.nat(entries.length - 1),
  to: fc.nat(3),
})
const areas = ['measurements', 'results', 'consultations', 'immunisations'] as const

/** DESIGN I-4, on a real database: over levels, areas, codes, markers and every decision. */
describe('what is shown', () => {
  let base: TestDatabase

  beforeAll(async () => {
    base = await makeDatabase()
  })
  afterAll(() => base.drop())

  test(
    'never becomes more by turning anything down, whatever was turned down before',
    { timeout: 120_000 },
    async () => {
      let everShown = 0
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom<Level>('detailed', 'documents', 'full'),
          fc.constantFrom<Level>(...levels),
          fc.array(aLowering, { minLength: 1, maxLength: 6 }),
          async (current, historical, lowerings) => {
            const world = await aWorld(base, { current, historical })
            let before = await world.visible()
            everShown += before.size
            for (const lowering of lowerings) {
              await world.lower(lowering)
              const after = await world.visible()
              expect([...after].filter((fact) => !before.has(fact))).toEqual([])
              before = after
            }
          },
        ),
        { numRuns: 25 },
      )
      expect(everShown).toBeGreaterThan(100)
    },
  )
})

async function aWorld(
  { db }: TestDatabase,
  levelsAtFirst: { readonly current: Level; readonly historical: Level },
) {
  const practice = await aPractice(db)
  const patient = await aPatientWith(db, practice, entries)
  const { acting: decider } = await aStaffMember<'decide-disclosure'>(db, practice, {
    name: 'Dr Shah',
    roles: ['clinician'],
  })
  const levelsNow: { practice: Level; current: Level; historical: Level } = {
    practice: 'full',
    ...levelsAtFirst,
  }
  const setLevels = () =>
    db.transaction(systemProof(practice), async (tx) => {
      await setPracticeServices(tx, {
        appointments: true,
        prescriptions: true,
        recordLevel: levelsNow.practice,
      })
      await tx.run(sql`
        update access.association
        set record_current = ${levelsNow.current}, record_historical = ${levelsNow.historical},
          effective_from = ${middle}
        where practice = ${practice} and patient_id = ${patient.patientId}`)
    })
  const down = (which: 'practice' | 'current' | 'historical', by: number) => {
    levelsNow[which] = levels[Math.max(0, levels.indexOf(levelsNow[which]) - by - 1)] ?? 'none'
    return setLevels()
  }
  const kept = new Map(entries.map((entry) => [entry.sourceKey, entry]))
  const restore = () => store(db, practice, patient.patientId, aRecord([...kept.values()]))
  await setLevels()

  return {
    visible: () => visibleTo(db, practice, patient),
    lower: async ({ kind, on, to }: Lowering): Promise<unknown> => {
      const entry = entries[on]
      const key = entry?.sourceKey ?? ''
      switch (kind) {
        case 'practice-level':
          return down('practice', to)
        case 'current-level':
          return down('current', to)
        case 'historical-level':
          return down('historical', to)
        case 'area':
          return withholdArea(db, decider, areas[to] ?? 'results')
        case 'marker': {
          const one = kept.get(key)
          if (one) kept.set(key, { ...one, markers: ['confidential'] })
          return restore()
        }
        case 'gone':
          kept.delete(key)
          return restore()
        case 'review-code':
          kept.set('104', reviewCode)
          return restore()
        default:
          return decideLess(db, decider, kind, await seenNow(db, practice, patient.patientId, key))
      }
    },
  }
}

const reviewCode: IncomingEntry = {
  sourceKey: '104',
  kind: 'observation',
  title: 'Review',
  codings: [{ system: 'http://snomed.info/sct', code: '1364731000000104' }],
  recordedAt: new Date('2026-02-25T09:00:00Z'),
}

async function withholdArea(
  db: TestDatabase['db'],
  decider: Deciding,
  area: (typeof areas)[number],
): Promise<unknown> {
  return db.transaction(decider, (tx) =>
    tx.run(sql`
      insert into access.practice_area (practice, area, is_withheld, changed_at)
      values (${decider.practice}, ${area}, true, ${tx.now})
      on conflict (practice, area) do update set is_withheld = true`),
  )
}

/** Decisions after which less is shown; refused ones change nothing. */
async function decideLess(
  db: TestDatabase['db'],
  decider: Deciding,
  kind: 'hold' | 'withhold' | 'hide' | 'recall',
  asked: Awaited<ReturnType<typeof seenNow>>,
): Promise<unknown> {
  const day = addDays(localDateOf(db.now()), 20)
  const work = {
    hold: (tx: Tx<Deciding>) => holdEntry(tx, asked),
    withhold: (tx: Tx<Deciding>) =>
      withholdEntry(tx, { ...asked, ground: 'patient-request', reviewOn: day }),
    hide: (tx: Tx<Deciding>) => hideEntry(tx, { ...asked, awaits: 'day', until: day }),
    recall: (tx: Tx<Deciding>) => recallEntry(tx, { ...asked, cause: 'other' }),
  }
  const run: (tx: Tx<Deciding>) => Promise<unknown> = work[kind]
  return db.transaction(decider, run)
}

/** Every word and number that the patient reads, each with the entry it is of. */
async function visibleTo(
  db: TestDatabase['db'],
  practice: OdsCode,
  { patientId, acting }: Awaited<ReturnType<typeof aPatientWith>>,
): Promise<ReadonlySet<string>> {
  const access = await db.transaction(systemProof(practice), (tx) => recordAccess(tx, patientId))
  if (!access) return new Set()
  const all = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly entryId: Id<'Entry'> }>(sql`
      select entry_id from record.entry
      where practice = ${practice} and patient_id = ${patientId}
      order by entry_id limit 100`),
  )
  const ids = all.map((row) => row.entryId)
  const seen = await db.transaction(acting, (tx) => seenOf({ tx, grants: [access.grant] }, ids))
  return new Set(
    [...seen.values()].flatMap((entry) =>
      Object.entries(entry)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${entry.sourceKey} ${name} ${JSON.stringify(value)}`),
    ),
  )
}
