import type pg from 'pg'
import { addDays, localDateOf } from '#kernel/time'
import type { OdsCode } from '#kernel/ods-code'
import { systemProof, type Database } from '#platform/db'
import {
  setPracticeServices,
  type RecordArea,
  type RecordLevel,
  type StaffActing,
} from '#modules/access'
import type { PatientId } from '#modules/directory'
import { storeRecord } from '#modules/record'
import type { Random } from '../../src/modules/demo/domain/random.ts'
import {
  holdEntry,
  releaseEntry,
  withholdEntry,
} from '../../src/modules/record/commands/decide-entry.ts'
import { hideEntry } from '../../src/modules/record/commands/deciding/hide-entry.ts'
import { recallEntry } from '../../src/modules/record/commands/deciding/recall-entry.ts'
import { releasePart } from '../../src/modules/record/commands/deciding/release-part.ts'
import { changed, reviewCode, someEntries, type Given } from './given-record.ts'
import type { Person } from './people.ts'
import { factsOf, type Choices, type ReaderSwitches, type StoredFact } from './truth.ts'

export type Decider = StaffActing<'decide-disclosure'>

/** Where a history is, all of it known to the harness without asking the service. */
export interface World {
  readonly db: Database
  readonly admin: pg.Client
  readonly practice: OdsCode
  readonly person: Person
  readonly patientId: PatientId
  readonly deciders: readonly Decider[]
  readonly random: Random
  readonly nextMark: () => string
  /** What the source holds now, by key. */
  readonly source: Map<string, Given>
  /** Every mark that was ever given, and the key of the entry it was given with. */
  readonly marks: Map<string, string>
  /** Marks that a person took out of what they released, by key, as long as that decision stands. */
  readonly takenOut: Map<string, { readonly mark: string; readonly decisionNo: number }>
  readonly readers: Map<string, ReaderSwitches>
  practiceLevel: RecordLevel
  /** Parts withheld from everybody, and this patient's own settings, which win. */
  withheldForAll: ReadonlySet<RecordArea>
  ownParts: ReadonlyMap<RecordArea, 'shown' | 'withheld'>
  choices: Choices
  readonly told: string[]
}

const levels: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']

/** The source sends the record again: some of it changed, gone, or new. */
export async function importAgain(world: World): Promise<void> {
  const { random, source, db, practice, patientId } = world
  const now = db.now()
  for (const [key, given] of source) {
    if (random.chance(0.15)) source.delete(key)
    else if (random.chance(0.25)) source.set(key, changed(random, given, world.nextMark(), now))
  }
  const isFirst = source.size === 0
  if (isFirst || random.chance(0.5)) {
    for (const given of someEntries(random, world.nextMark, now))
      source.set(given.entry.sourceKey, given)
  }
  if (!isFirst && random.chance(0.06)) {
    const code = reviewCode(world.nextMark(), now)
    source.set(code.entry.sourceKey, code)
  }
  for (const [key, { mark }] of source) world.marks.set(mark, key)
  await db.transaction(systemProof(practice), (tx) =>
    storeRecord(tx, patientId, {
      source: 'scan',
      isWhole: true,
      sections: [],
      entries: [...source.values()].map(({ entry }) => entry),
    }),
  )
}

/** A clinician and then another release what they may of what is held. */
export async function releaseSome(world: World): Promise<void> {
  const { random, db, admin, practice, patientId } = world
  for (const staff of world.deciders.slice(0, 2)) {
    for (const fact of await factsOf(admin, practice, patientId)) {
      if (fact.isClosed || fact.isReleased || random.chance(0.5)) continue
      const seen = { decisionNo: fact.decisionNo, contentHash: fact.contentHash }
      await db.transaction(staff, (tx) =>
        releaseEntry(tx, { entryId: fact.entryId, seen, also: [] }),
      )
    }
  }
}

/** Somebody of the practice decides something about an entry, as they saw it just now. */
export async function decideSomething(world: World): Promise<void> {
  const { random, db, admin, practice, patientId } = world
  const facts = (await factsOf(admin, practice, patientId)).filter((fact) => !fact.isClosed)
  if (facts.length === 0) return
  const fact = random.pick(facts)
  const staff = random.pick(world.deciders)
  const seen = { decisionNo: fact.decisionNo, contentHash: fact.contentHash }
  const asked = { entryId: fact.entryId, seen }
  const until = addDays(localDateOf(db.now()), 30)
  const kind = random.pick([
    'release',
    'release',
    'release',
    'part',
    'part',
    'hold',
    'withhold',
    'hide',
    'recall',
  ])
  world.told.push(`${kind} ${fact.sourceKey}`)
  if (kind === 'part') return partOf(world, staff, fact)
  await db.transaction(staff, async (tx) => {
    if (kind === 'release') {
      const also = facts.map((one) => ({
        entryId: one.entryId,
        seen: { decisionNo: one.decisionNo, contentHash: one.contentHash },
      }))
      return releaseEntry(tx, { ...asked, also: random.chance(0.5) ? also : [] })
    }
    if (kind === 'hold') return holdEntry(tx, asked)
    if (kind === 'hide') return hideEntry(tx, { ...asked, awaits: 'day', until })
    if (kind === 'recall') return recallEntry(tx, { ...asked, cause: 'third-party' })
    const ground = random.pick(['serious-harm', 'third-party', 'patient-request'] as const)
    return withholdEntry(tx, { ...asked, ground, reviewOn: until })
  })
  if (kind === 'withhold' || kind === 'recall' || kind === 'hold' || kind === 'hide')
    await expectSpread(world, fact, kind)
}

async function partOf(world: World, staff: Decider, fact: StoredFact): Promise<void> {
  const { random, db, source, takenOut } = world
  const mark = source.get(fact.sourceKey)?.mark
  if (mark === undefined) return
  const taken = random.chance(0.7) ? mark : 'noted'
  const seen = { decisionNo: fact.decisionNo, contentHash: fact.contentHash }
  const done = await db.transaction(staff, (tx) =>
    releasePart(tx, { entryId: fact.entryId, seen, taken: [taken] }),
  )
  if (done.ok && taken === mark)
    takenOut.set(fact.sourceKey, { mark, decisionNo: fact.decisionNo + 1 })
}

/** A decision against an entry leaves nothing shown of the visit it was written in. Source: RD-8. */
async function expectSpread(world: World, about: StoredFact, kind: string): Promise<void> {
  const after = await factsOf(world.admin, world.practice, world.patientId)
  const subject = after.find((fact) => fact.entryId === about.entryId)
  if (subject?.decisionNo === about.decisionNo) return
  const shown = after.filter(
    (fact) =>
      fact.isReleased &&
      !fact.isClosed &&
      (fact.entryId === about.entryId ||
        (about.encounterKey !== null && fact.encounterKey === about.encounterKey)),
  )
  for (const { sourceKey } of shown)
    throw new Error(`${kind} of ${about.sourceKey} left ${sourceKey} shown`)
}

/** Switches are turned: the practice's, the patient's, or those of who acts for them. */
export async function turnSwitches(world: World): Promise<void> {
  const { random, db, admin, practice, readers } = world
  if (random.chance(0.3)) {
    world.practiceLevel = random.weighted([
      [3, 'full'],
      [1, random.pick(levels)],
    ])
    await db.transaction(systemProof(practice), (tx) =>
      setPracticeServices(tx, {
        appointments: true,
        prescriptions: true,
        recordLevel: world.practiceLevel,
      }),
    )
    world.told.push(`practice ${world.practiceLevel}`)
    return
  }
  const [accountId, { name }] = random.pick([...readers])
  const switches: ReaderSwitches = {
    name,
    isOpen: !random.chance(0.1),
    current: random.weighted([
      [2, 'full'],
      [2, random.pick(levels)],
    ]),
    historical: random.weighted([
      [1, 'full'],
      [2, random.pick(levels)],
    ]),
    effectiveFrom: new Date(Number(db.now()) - random.int(0, 4 * 365) * 86_400_000),
  }
  await admin.query(
    `update access.association set record_current = $1, record_historical = $2, effective_from = $3,
       ends_at = case when $4 then null else $5::timestamptz end
     where practice = $6 and account_id = $7`,
    [
      switches.current,
      switches.historical,
      switches.effectiveFrom,
      switches.isOpen,
      db.now(),
      practice,
      accountId,
    ],
  )
  readers.set(accountId, switches)
  world.told.push(`switches ${JSON.stringify(switches)}`)
}
