import { type BuiltRecord, buildRecord } from './build-record.ts'
import { parseWhen } from './dates.ts'
import type { DraftEntry, DraftSection } from './draft-entry.ts'
import { type FhirNode, nodeOf, textOf, textsOf } from './fhir-node.ts'
import { callingOf } from './kinds.ts'
import { type Ledger, makeLedger, type Outcome, type Tally, tallyOf, totalOf } from './ledger.ts'
import { coversEverySection } from './lists.ts'
import { noteOddities } from './oddities.ts'
import { type Person, sortByOwner } from './ownership.ts'
import { type Identity, readIdentity } from './people.ts'
import type { Note, Reading } from './reading.ts'
import { makeResolver } from './references.ts'
import { type BrokenItem, countResources, gather, type Source } from './sources.ts'

/** A resource that could not be kept as an entry, whole, and why. */
export interface Quarantined {
  readonly sourceKey: string
  readonly path: string
  readonly type: string
  readonly reason: string
  readonly resource: unknown
}

/** One person's part of a file. */
export interface PatientPart {
  /** As the file describes them; absent where it only names their NHS number. */
  readonly identity?: Identity
  readonly nhsNumber?: string
  /** Their Patient is in this file, not in another of the run. */
  readonly isDescribedHere: boolean
  readonly entries: readonly DraftEntry[]
  readonly sections: readonly DraftSection[]
  readonly quarantined: readonly Quarantined[]
  readonly notes: readonly Note[]
  /** What became of this person's resources. */
  readonly tally: Tally
}

/** All that a file gives. */
export interface ExportReading {
  readonly source: 'gp-connect' | 'fhir-r4'
  /** A structured record whose lists cover every section: what is not in it has gone. */
  readonly isWhole: boolean
  readonly exportedAt?: Date
  readonly patients: readonly PatientPart[]
  /** What belongs to no patient and is no person, place or product. */
  readonly unassigned: readonly Quarantined[]
  readonly notes: readonly Note[]
  /** What became of everything in the file. */
  readonly tally: Tally
  /** How many resources the file holds, counted apart from the reading. */
  readonly counted: number
}

/** What to know besides the file. */
export interface ReadOptions {
  /** The only patient's NHS number, where the file does not say who it is about. */
  readonly nhsNumber?: string
  /**
   * Resources of the other files of the run, which references may point into. A structured record is
   * complete in itself: its references never do.
   */
  readonly others?: readonly Source[]
}

/** Whether the tally accounts for every resource of the file, and every entry for one of them. */
export function addsUp(reading: ExportReading): boolean {
  const entries = reading.patients.reduce((sum, part) => sum + part.entries.length, 0)
  const kept = reading.patients.reduce((sum, part) => sum + part.quarantined.length, 0)
  return (
    totalOf(reading.tally) === reading.counted &&
    reading.tally.entry === entries &&
    reading.tally.quarantined === kept + reading.unassigned.length
  )
}

/** Reads parsed JSON: bundles or resources, one or (NDJSON) many. Never throws on odd content. */
export function readExport(roots: readonly unknown[], options: ReadOptions = {}): ExportReading {
  const { sources, broken, envelopes } = gather(roots)
  const isGpConnect = isStructuredRecord(envelopes, sources)
  const resolver = makeResolver(sources, isGpConnect ? [] : options.others)
  const notes: Note[] = []
  const note: Reading['note'] = (about, what, detail) => {
    notes.push({ about: about.key, path: about.path, what, ...(detail && { detail }) })
  }
  const reading: Reading = { resolver, isGpConnect, note }
  const ledger = makeLedger()
  const sorted = sortByOwner(sources, reading, options.nhsNumber)
  for (const source of sources) noteOddities(source, reading)

  const built = [...sorted.owned].map(([person, theirs]) => ({
    person,
    theirs,
    record: buildRecord(theirs, sorted.doubtful, reading, ledger),
  }))
  settleTheRest(sources, sorted.unowned, ledger)
  const patients = partsOf(built, sources, reading, ledger, notes)
  const spoken = new Set(patients.flatMap((part) => part.notes))
  const exportedAt = exportDate(envelopes, sources)
  const lists = sources.filter((source) => source.type === 'List')
  return {
    source: isGpConnect ? 'gp-connect' : 'fhir-r4',
    isWhole: isGpConnect && coversEverySection(lists),
    ...(exportedAt && { exportedAt }),
    patients,
    unassigned: [
      ...quarantinedOf([...sorted.unowned.keys()], ledger),
      ...broken.map(brokenAsQuarantined),
    ],
    notes: notes.filter((each) => !spoken.has(each)),
    tally: tallyOf([
      ...outcomesOf(sources, ledger),
      ...broken.map(({ reason }) => ({ became: 'quarantined', reason }) as const),
    ]),
    counted: countResources(roots),
  }
}

function settleTheRest(
  sources: readonly Source[],
  unowned: ReadonlyMap<Source, string>,
  ledger: Ledger,
): void {
  for (const [source, reason] of unowned) {
    if (ledger.isOpen(source)) ledger.settle(source, { became: 'quarantined', reason })
  }
  for (const source of sources) {
    if (ledger.isOpen(source) && callingOf(source.type) === 'people') {
      ledger.settle(source, { became: 'people' })
    }
  }
}

interface Built {
  readonly person: Person
  readonly theirs: readonly Source[]
  readonly record: BuiltRecord
}

/** The parts of all patients, from what is gone through once for all of them. */
function partsOf(
  built: readonly Built[],
  sources: readonly Source[],
  reading: Reading,
  ledger: Ledger,
  notes: readonly Note[],
): readonly PatientPart[] {
  const here = new Set(sources)
  const notesAbout = Map.groupBy(notes, (note) => note.about)
  const productsInto = Map.groupBy(
    sources.filter((source) => callingOf(source.type) === 'people'),
    (source) => {
      const outcome = ledger.outcomeOf(source)
      return outcome?.became === 'merged' ? outcome.into : undefined
    },
  )
  return built.map(({ person, theirs, record }) => {
    const keys = new Set(theirs.map((source) => source.key))
    const entryKeys = new Set(record.entries.map((entry) => entry.sourceKey))
    const products = [...entryKeys].flatMap((key) => productsInto.get(key) ?? [])
    const identity = person.patient && readIdentity(person.patient, reading.resolver)
    return {
      ...(identity && { identity }),
      ...(person.nhsNumber && { nhsNumber: person.nhsNumber }),
      isDescribedHere: person.patient !== undefined && here.has(person.patient),
      entries: identity?.isSensitive ? record.entries.map(asConfidential) : record.entries,
      sections: record.sections,
      quarantined: quarantinedOf(theirs, ledger),
      notes: [...keys].flatMap((key) => notesAbout.get(key) ?? []),
      tally: tallyOf(outcomesOf([...theirs, ...products], ledger)),
    }
  })
}

function outcomesOf(sources: readonly Source[], ledger: Ledger): readonly Outcome[] {
  return sources.flatMap((source) => ledger.outcomeOf(source) ?? [])
}

function quarantinedOf(sources: readonly Source[], ledger: Ledger): readonly Quarantined[] {
  return sources.flatMap((source) => {
    const outcome = ledger.outcomeOf(source)
    if (outcome?.became !== 'quarantined') return []
    const { key, path, type, node } = source
    return [{ sourceKey: key, path, type, reason: outcome.reason, resource: node }]
  })
}

function brokenAsQuarantined({ path, reason, value }: BrokenItem): Quarantined {
  return { sourceKey: path || 'file', path, type: 'unknown', reason, resource: value ?? null }
}

/** Someone marked sensitive is never served to through a patient-facing page. Source: DOMAIN RA-11. */
function asConfidential(entry: DraftEntry): DraftEntry {
  const markers = new Set([...(entry.markers ?? []), 'confidential' as const])
  return { ...entry, markers: [...markers].toSorted() }
}

/** A GP Connect structured record in FHIR STU3, by the profile it claims or the profiles inside. */
function isStructuredRecord(envelopes: readonly FhirNode[], sources: readonly Source[]): boolean {
  const claims = (node: FhirNode, name: RegExp) =>
    textsOf(nodeOf(node['meta'])?.['profile']).some((profile) => name.test(profile))
  return (
    envelopes.some((envelope) => claims(envelope, /GPConnect-StructuredRecord-Bundle/)) ||
    sources.some(({ node }) => claims(node, /STU3\/StructureDefinition\/CareConnect-GPC-/))
  )
}

/** When the file was made: as its bundle says, else the newest date of its lists. */
function exportDate(envelopes: readonly FhirNode[], sources: readonly Source[]): Date | undefined {
  const said = envelopes.flatMap((envelope) => [
    nodeOf(envelope['meta'])?.['lastUpdated'],
    envelope['timestamp'],
  ])
  for (const value of said) {
    const when = parseWhen(value)
    if (when) return when.at
  }
  const dates = sources
    .filter((source) => source.type === 'List' && textOf(source.node['id']) === undefined)
    .flatMap((source) => parseWhen(source.node['date'])?.at ?? [])
  return dates.toSorted((a, b) => a.getTime() - b.getTime()).at(-1)
}
