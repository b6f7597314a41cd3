import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { allSubjects, type Subject } from '#kernel/subjects'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import {
  patientAreas,
  practiceAreas,
  recordAreas,
  setPatientAreas,
  setPracticeAreas,
  type RecordArea,
  type RecordLevel,
} from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aRecordPatient, type RecordPatient } from '../../../../../test/support/readers.ts'
import { actingFor, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { chooseReading, type ChosenReading } from '../../commands/reading/choose-reading.ts'
import { readSubjects } from '../../commands/reading/read-subjects.ts'
import type { EntryKind, IncomingEntry } from '../../domain/entry.ts'
import { sections } from '../../domain/sections.ts'
import { recordAccess } from '../access-facts.ts'
import { entriesOfKinds, type PatientReader, type Reader } from '../entries.ts'
import { entriesOfSection } from './by-section.ts'

let base: TestDatabase
let practice: OdsCode
let time = new Date('2026-03-02T08:00:00Z')

beforeAll(async () => {
  base = await makeDatabase(time)
})
afterAll(() => base.drop())

const kinds: readonly EntryKind[] = [
  'medication',
  'allergy',
  'problem',
  'result',
  'consultation',
  'note',
  'immunisation',
  'document',
  'referral',
  'measurement',
]
const levels: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']
const anEntry = fc.record({
  kind: fc.constantFrom(...kinds),
  title: fc.constantFrom(
    'Body weight',
    'Depressive episode',
    'PSA level',
    'Pregnancy test',
    'HIV test',
  ),
  isOld: fc.boolean(),
  inVisit: fc.boolean(),
})
const aStep = fc.oneof(
  fc.record({ withhold: fc.constantFrom(...recordAreas), forAll: fc.boolean() }),
  fc.record({ choose: fc.constantFrom(...allSubjects), private: fc.boolean() }),
  fc.record({ lower: fc.constantFrom('record_current', 'record_historical'), to: fc.nat(4) }),
  fc.record({ code: fc.constant('1364731000000104') }),
  fc.record({ read: fc.constant(true) }),
)
type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never

/** DESIGN I-4: whatever is turned down, nobody sees more than before, the patient or who acts for them. */
test(
  'nothing that is turned down, chosen or marked ever shows more',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEntry, { minLength: 4, maxLength: 8 }),
        fc.array(aStep, { minLength: 3, maxLength: 5 }),
        async (given, steps) => {
          practice = await aPractice(base.db)
          const patient = await aRecordPatient(base.db, practice, given.map(asEntry))
          const readers = [patient.accountId, await patient.proxyAccount()]
          let before = await Promise.all(readers.map((account) => shown(patient, account)))
          const wasNothing = before.every((keys) => keys.size === 0)
          let chosen: ChosenReading = { tellInPerson: [], keepPrivate: [] }
          for (const step of steps) {
            const reads = 'read' in step
            chosen = await take(step, patient, chosen)
            const after = await Promise.all(readers.map((account) => shown(patient, account)))
            // Reading again tells what is harmless from what is not: that alone may give something back.
            if (!reads) after.forEach((keys, at) => expectWithin(keys, before[at]))
            before = after
          }
          expect(wasNothing).toBe(false)
        },
      ),
      { numRuns: 10 },
    )
  },
)

function expectWithin(keys: ReadonlySet<string>, before: ReadonlySet<string> | undefined): void {
  for (const key of keys) expect(before?.has(key), key).toBe(true)
}

function asEntry(
  { kind, title, isOld, inVisit }: typeof anEntry extends fc.Arbitrary<infer T> ? T : never,
  place: number,
): IncomingEntry {
  return {
    sourceKey: `e${place}`,
    kind,
    title,
    recordedAt: new Date(isOld ? '2019-01-01T00:00:00Z' : '2026-02-01T00:00:00Z'),
    ...(inVisit && kind !== 'consultation' && { encounterKey: 'e0' }),
    text: 'Words',
  }
}

async function shown(
  { patientId }: RecordPatient,
  accountId: RecordPatient['accountId'],
): Promise<ReadonlySet<string>> {
  const system = systemProof(practice)
  const access = await base.db.transaction(system, (tx) => recordAccess(tx, patientId, accountId))
  if (!access) return new Set()
  const actor = { kind: 'patient', id: accountId } as const
  const reader: PatientReader = { role: 'po_patient', practice, actor, patientId, accountId }
  const found = await base.db.transaction(reader, async (tx) => {
    const looking: Reader = { tx, grants: [access.grant] }
    await expectSameInOrder(looking)
    return entriesOfKinds(looking, kinds, { page: 1, size: 100, withNotes: true })
  })
  return new Set(
    found.entries.flatMap(({ sourceKey, text }) => [
      sourceKey,
      ...(text ? [`${sourceKey} text`] : []),
    ]),
  )
}

/** A part read by itself, newest first, is what the list of its kinds has, page by page. */
async function expectSameInOrder(looking: Reader): Promise<void> {
  for (const facts of sections) {
    for (const page of [1, 2]) {
      const listing = { page, size: 2 }
      expect(await entriesOfSection(looking, facts, listing)).toEqual(
        await entriesOfKinds(looking, facts.kinds, listing),
      )
    }
  }
}

/** Takes a step, each a minute after the one before. */
async function take(
  step: Step,
  patient: RecordPatient,
  chosen: ChosenReading,
): Promise<ChosenReading> {
  time = minutesAfter(time, 1)
  base.setNow(time)
  const { patientId, accountId } = patient
  const { db } = base
  if ('read' in step) {
    await db.transaction(systemProof(practice), (tx) => readSubjects(tx, patientId))
  } else if ('code' in step) {
    const codings = [{ system: 'http://snomed.info/sct', code: step.code }]
    await patient.add([
      { sourceKey: 'code', kind: 'other', title: 'Code', codings, recordedAt: time },
    ])
  } else if ('withhold' in step) {
    await withhold(step, patientId)
  } else if ('lower' in step) {
    await lower(step, patientId)
  } else {
    const more = withChoice(chosen, step)
    const acting = actingFor<'record'>(practice, patientId, accountId)
    await db.transaction(acting, (tx) => chooseReading(tx, more))
    return more
  }
  return chosen
}

function withChoice(
  chosen: ChosenReading,
  step: Extract<Step, { readonly choose: Subject }>,
): ChosenReading {
  return step.private
    ? { ...chosen, keepPrivate: [...chosen.keepPrivate, step.choose] }
    : { ...chosen, tellInPerson: [...chosen.tellInPerson, step.choose] }
}

async function withhold(
  step: Extract<Step, { readonly withhold: RecordArea }>,
  patientId: RecordPatient['patientId'],
): Promise<void> {
  const { acting } = await aStaffMember<'authorise-access'>(base.db, practice, {
    name: 'Sam Staff',
    roles: ['ig-lead'],
  })
  await base.db.transaction(acting, async (tx) => {
    if (step.forAll) {
      const before = await practiceAreas(tx)
      await setPracticeAreas(tx, [...before, step.withhold])
    } else {
      const before = await patientAreas(tx, patientId)
      const kept = [...before].map(([area, isWithheld]) => [
        area,
        isWithheld ? 'withheld' : 'shown',
      ])
      await setPatientAreas(tx, patientId, {
        ...Object.fromEntries(kept),
        [step.withhold]: 'withheld',
      })
    }
  })
}

async function lower(
  { lower: which, to }: Extract<Step, { readonly to: number }>,
  patientId: string,
): Promise<void> {
  const isCurrent = which === 'record_current'
  await base.db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update access.association
      set
        record_current = case when ${isCurrent}::boolean
          and array_position(${levels}::text[], record_current) - 1 > ${to}
          then ${levels[to]} else record_current end,
        record_historical = case when not ${isCurrent}::boolean
          and array_position(${levels}::text[], record_historical) - 1 > ${to}
          then ${levels[to]} else record_historical end
      where practice = ${practice}
        and patient_id = ${patientId}
    `),
  )
}
