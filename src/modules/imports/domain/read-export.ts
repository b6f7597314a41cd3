import { buildRecord } from './build-record.ts'
import { parseWhen } from './dates.ts'
import type { DraftEntry, DraftSection } from './draft-entry.ts'
import { misspelling } from './extensions.ts'
import { type FhirNode, nodeOf, nodesOf, textOf, textsOf } from './fhir-node.ts'
import { callingOf } from './kinds.ts'
import { makeLedger, type Outcome, type Tally, tallyOf, totalOf } from './ledger.ts'
import { coversEverySection } from './lists.ts'
import { makeOwnership, type Person } from './ownership.ts'
import { type Identity, readIdentity } from './people.ts'
import type { Note, Reading } from './reading.ts'
import { makeResolver, referencesIn } from './references.ts'
import { countResources, gather, type Source } from './sources.ts'

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
  /** Resources of the other files of the run, which references may point into. */
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
  const resolver = makeResolver(sources, options.others)
  const isGpConnect = isStructuredRecord(envelopes, sources)
  const notes: Note[] = []
  const reading: Reading = {
    resolver,
    isGpConnect,
    note: (about, what, detail) => {
      notes.push({ about: about.key, path: about.path, what, ...(detail && { detail }) })
    },
  }
  const ledger = makeLedger()
  const ownership = makeOwnership(sources, resolver, options.nhsNumber)
  const owned = new Map<Person, Source[]>(ownership.persons.map((person) => [person, []]))
  const doubtful = new Set<Source>()
  const unowned = new Map<Source, string>()

  for (const source of sources) {
    const calling = callingOf(source.type)
    if (calling === 'people') continue
    if (calling === 'foreign') {
      unowned.set(source, "it is not a kind of resource that a patient's record is made of")
      continue
    }
    const owner = ownership.ownerOf(source)
    if (!owner.person) unowned.set(source, owner.reason)
    else {
      owned.get(owner.person)?.push(source)
      if (owner.isDoubtful) {
        doubtful.add(source)
        reading.note(source, 'it names a patient who is not in the file: kept, and never shown')
      }
    }
  }
  for (const source of sources) noteOddities(source, reading)

  const built = [...owned].map(([person, theirs]) => ({
    person,
    theirs,
    record: buildRecord(theirs, doubtful, reading, ledger),
  }))
  for (const [source, reason] of unowned) {
    if (ledger.isOpen(source)) ledger.settle(source, { became: 'quarantined', reason })
  }
  for (const source of sources) {
    if (ledger.isOpen(source) && callingOf(source.type) === 'people') {
      ledger.settle(source, { became: 'people' })
    }
  }

  const quarantinedOf = (some: readonly Source[]) =>
    some.flatMap((source) => {
      const outcome = ledger.outcomeOf(source)
      return outcome?.became === 'quarantined' ? [quarantine(source, outcome.reason)] : []
    })
  const patients = built.map(({ person, theirs, record }): PatientPart => {
    const keys = new Set(theirs.map((source) => source.key))
    const entryKeys = new Set(record.entries.map((entry) => entry.sourceKey))
    const products = sources.filter((source) => {
      const outcome = ledger.outcomeOf(source)
      return callingOf(source.type) === 'people' && outcome?.became === 'merged' && entryKeys.has(outcome.into)
    })
    const identity = person.patient && readIdentity(person.patient, resolver)
    return {
      ...(identity && { identity }),
      ...(person.nhsNumber && { nhsNumber: person.nhsNumber }),
      entries: identity?.isSensitive ? record.entries.map(asConfidential) : record.entries,
      sections: record.sections,
      quarantined: quarantinedOf(theirs),
      notes: notes.filter((note) => keys.has(note.about)),
      tally: tallyOf(outcomesOf([...theirs, ...products], ledger.outcomeOf)),
    }
  })
  const spoken = new Set(patients.flatMap((part) => part.notes))
  const exportedAt = exportDate(envelopes, sources)
  return {
    source: isGpConnect ? 'gp-connect' : 'fhir-r4',
    isWhole: isGpConnect && coversEverySection(sources.filter((source) => source.type === 'List')),
    ...(exportedAt && { exportedAt }),
    patients,
    unassigned: [
      ...quarantinedOf([...unowned.keys()]),
      ...broken.map(({ path, reason, value }) => ({
        sourceKey: path || 'file', path, type: 'unknown', reason, resource: value ?? null,
      })),
    ],
    notes: notes.filter((note) => !spoken.has(note)),
    tally: tallyOf([
      ...outcomesOf(sources, ledger.outcomeOf),
      ...broken.map(({ reason }) => ({ became: 'quarantined', reason }) as const),
    ]),
    counted: countResources(roots),
  }
}

function outcomesOf(
  sources: readonly Source[],
  outcomeOf: (source: Source) => Outcome | undefined,
): readonly Outcome[] {
  return sources.flatMap((source) => outcomeOf(source) ?? [])
}

function quarantine(source: Source, reason: string): Quarantined {
  return { sourceKey: source.key, path: source.path, type: source.type, reason, resource: source.node }
}

/** Someone marked sensitive is never served to through a patient-facing page. Source: DOMAIN RA-11. */
function asConfidential(entry: DraftEntry): DraftEntry {
  const markers = new Set([...(entry.markers ?? []), 'confidential' as const])
  return { ...entry, markers: [...markers].toSorted() }
}

/** References that lead nowhere and misspelt extensions, said in the report and nothing more. */
function noteOddities(source: Source, reading: Reading): void {
  for (const { path, reference } of referencesIn(source.node)) {
    const target = reading.resolver.target(reference, source)
    if (!('missing' in target) || target.missing === 'nothing') continue
    const what = target.missing === 'a sentence'
      ? 'a reference is a sentence and not an address'
      : 'it names something that is not in the file'
    reading.note(source, what, `${path}: ${target.text}`)
  }
  for (const url of misspellingsIn(source.node)) {
    reading.note(source, 'a misspelt extension was read as what it plainly means', url)
  }
}

function misspellingsIn(node: unknown): readonly string[] {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    else if (value !== null && typeof value === 'object') {
      for (const [name, member] of Object.entries(value)) {
        if (name === 'extension') {
          for (const extension of nodesOf(member)) {
            const wrong = misspelling(extension['url'])
            if (wrong) found.add(wrong)
          }
        }
        if (name !== 'contained') visit(member)
      }
    }
  }
  visit(node)
  return [...found]
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
