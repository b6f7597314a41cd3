import type { AccountId } from '#modules/accounts'
import { withheldParts } from './choosing.ts'
import { marksIn, type Given } from './given-record.ts'
import type { Reader } from './people.ts'
import { ownTrail, rowsOfRole } from './role.ts'
import type { Stage } from './stage.ts'
import type { World } from './steps.ts'
import {
  doorsThatTell,
  searchAnswer,
  surfaceAt,
  surfacesOf,
  type LastPreviews,
  type Surface,
} from './surfaces.ts'
import {
  factsOf,
  isGivenTo,
  isShownToAny,
  mayReach,
  type Bounds,
  type StoredFact,
} from './truth.ts'

const medicines: ReadonlySet<string> = new Set(['medication', 'issue'])

/** What a look found, and how much it looked at. */
export interface Seen {
  /** What should not have been there, in words, with where. */
  readonly leaks: readonly string[]
  readonly answersRead: number
  readonly bytesRead: number
  /** Marks that may be seen and were: the scan would see a leak too. */
  readonly marksSeen: number
}

/** Reads all that both readers are given, and searches it for what none of them may see. */
export async function lookEverywhere(
  stage: Stage,
  world: World,
  previews: LastPreviews,
  { isLast }: { readonly isLast: boolean },
): Promise<Seen> {
  const facts = await factsOf(stage.admin, world.practice, world.patientId)
  const leaks = [...(await roleLeaks(stage, world, { facts, isLast }))]
  let [answersRead, bytesRead, marksSeen] = [0, 0, 0]
  for (const reader of world.person.readers) {
    const bounds = boundsOf(world, reader.accountId)
    const open = marksWhere(world, facts, (fact, given) => mayReach(fact, given, bounds))
    const orderable = marksWhere(world, facts, (fact, given) => {
      return medicines.has(fact.kind) && isGivenTo(fact, given, bounds)
    })
    const surfaces = await surfacesOf(stage.app, reader, previews, { wholeSite: isLast })
    answersRead += surfaces.length
    bytesRead += surfaces.reduce((sum, { body }) => sum + body.length, 0)
    for (const mark of open) if (surfaces.some((one) => one.marks.has(mark))) marksSeen++
    leaks.push(...leaksIn(surfaces, open, orderable).map((leak) => `${reader.name} ${leak}`))
    leaks.push(...(await traces(stage, world, { reader, open, facts })))
    if (isLast && leaks.length === 0) leaks.push(...(await gaps(stage, world, reader, surfaces)))
  }
  return { leaks, answersRead, bytesRead, marksSeen }
}

function leaksIn(
  surfaces: readonly Surface[],
  open: ReadonlySet<string>,
  orderable: ReadonlySet<string>,
): readonly string[] {
  return surfaces.flatMap(({ where, marks }) =>
    [...marks]
      .filter((mark) => !open.has(mark))
      .filter((mark) => !where.startsWith('/prescriptions') || !orderable.has(mark))
      .map((mark) => `is given ${mark} at ${where}`),
  )
}

function boundsOf(world: World, accountId: AccountId): Bounds {
  const reader = world.readers.get(accountId)
  if (!reader) throw new Error('A reader without switches')
  return {
    reader,
    practiceLevel: world.practiceLevel,
    withheldParts: withheldParts(world),
    choices: world.choices,
    isUnderReview: [...world.source.values()].some((one) => one.asksForReview),
  }
}

/** The marks of what the source holds now, where this is so and nobody took the mark out. */
function marksWhere(
  world: World,
  facts: readonly StoredFact[],
  isSo: (fact: StoredFact, given: Given) => boolean,
): ReadonlySet<string> {
  const found = facts.flatMap((fact) => {
    const given = world.source.get(fact.sourceKey)
    if (given === undefined || isTakenOut(world, fact, given.mark)) return []
    return isSo(fact, given) ? [given.mark] : []
  })
  return new Set(found)
}

function isTakenOut(world: World, { sourceKey, decisionNo }: StoredFact, mark: string): boolean {
  const taken = world.takenOut.get(sourceKey)
  return taken?.mark === mark && taken.decisionNo === decisionNo
}

/** What the patient's database role can read past all pages: nothing that no decision releases. */
async function roleLeaks(
  { reading }: Stage,
  world: World,
  { facts, isLast }: { readonly facts: readonly StoredFact[]; readonly isLast: boolean },
): Promise<readonly string[]> {
  const { practice, patientId, person } = world
  const [{ accountId }] = person.readers
  const at = { practice, patientId, accountId }
  const trail = isLast ? await rowsOfRole(reading, at, ownTrail) : ''
  const rows = `${await rowsOfRole(reading, at)} ${trail}`
  const released = marksWhere(world, facts, isShownToAny)
  return [...marksIn(rows)]
    .filter((mark) => !released.has(mark))
    .map((mark) => `the database role reads ${mark}`)
}

/** Searching for words that this reader may not see, and asking for such an entry, tells nothing. */
async function traces(
  { app }: Stage,
  world: World,
  looked: {
    readonly reader: Reader
    readonly open: ReadonlySet<string>
    readonly facts: readonly StoredFact[]
  },
): Promise<readonly string[]> {
  const { reader, open, facts } = looked
  const closed = [...world.marks.keys()].filter((mark) => !open.has(mark))
  if (closed.length === 0) return []
  const mark = world.random.pick(closed)
  const [asked, never] = await Promise.all([
    searchAnswer(app, reader, mark),
    searchAnswer(app, reader, 'zqneverwrittenq'),
  ])
  const told =
    asked === never
      ? []
      : [`${reader.name} learns of ${mark} by searching: ${difference(asked, never)}`]
  const key = world.marks.get(mark)
  const given = key === undefined ? undefined : world.source.get(key)
  const fact = facts.find((one) => one.sourceKey === key)
  if (given?.mark !== mark || !fact) return told
  if (isGivenTo(fact, given, boundsOf(world, reader.accountId))) return told
  const doors = await doorsThatTell(app, reader.cookie, fact.entryId)
  return [...told, ...doors.map((door) => `${reader.name} learns of ${mark} at ${door}`)]
}

/**
 * What is withheld leaves no trace (I-2): with every entry that this reader is not shown taken out of
 * the database, each page is the same to the letter, counts, order and gaps too. The end of a history:
 * afterwards the record is no longer whole.
 */
async function gaps(
  { app, admin, reading }: Stage,
  world: World,
  reader: Reader,
  before: readonly Surface[],
): Promise<readonly string[]> {
  const { practice, patientId } = world
  if (boundsOf(world, reader.accountId).isUnderReview) return []
  const shown = await rowsOfRole(
    reading,
    { practice, patientId, accountId: reader.accountId },
    'record.shown_entry',
  )
  const facts = await factsOf(admin, practice, patientId)
  const unseen = facts.filter(({ entryId }) => !shown.includes(entryId))
  if (unseen.length === 0) return []
  await admin.query(`set session_replication_role = replica`)
  await admin.query(`delete from record.entry where practice = $1 and entry_id = any ($2)`, [
    practice,
    unseen.map(({ entryId }) => entryId),
  ])
  await admin.query(`set session_replication_role = default`)
  const told: string[] = []
  for (const { url, where, status, body } of before) {
    if (!/^\/(?:home|record|prescriptions)/.test(where) || where === '/record/search') continue
    if (where.endsWith('.pdf')) continue
    const after = await surfaceAt(app, url, reader.cookie)
    if (after.status !== status || after.body !== body)
      told.push(`${reader.name} is shown at ${url} that something is kept back`)
  }
  return told
}

/** Where two answers part, with a little of each from there on, in one line. */
function difference(one: string, other: string): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const from = Math.max(0, at - 20)
  return [one, other].map((text) => JSON.stringify(text.slice(from, from + 120))).join(' or ')
}
