import type { Id } from '#kernel/id'
import { ageOn } from '#kernel/time'
import { entryHash } from './content.ts'
import { lastingMarkers, type NextDecision, type RecordItem, type Standing } from './decision.ts'
import { asksForEnhancedReview } from './enhanced-review.ts'
import type { IncomingEntry, IncomingRecord } from './entry.ts'
import { holdElsewhere } from './hold-elsewhere.ts'
import { screenRecord } from './screen-record.ts'
import type { PatientContext } from './screening.ts'

/** An entry that is stored already, open or closed, with its latest decision. */
export interface StoredEntry {
  readonly entryId: Id<'Entry'>
  readonly source: string
  readonly entry: IncomingEntry
  readonly contentHash: string
  /** Names the bytes of a document; absent where there are none. */
  readonly documentHash?: string
  readonly isClosed: boolean
  readonly standing?: Standing
  /** The latest decision was made for the content as stored. */
  readonly isDecided: boolean
}

/** What storing a record comes to; `decisions` and `written` are by source key. */
export interface StoringPlan {
  readonly written: ReadonlyMap<
    string,
    { readonly entry: IncomingEntry; readonly contentHash: string }
  >
  readonly moved: readonly { readonly entryId: Id<'Entry'>; readonly position: number }[]
  readonly closed: readonly Id<'Entry'>[]
  readonly decisions: ReadonlyMap<string, NextDecision>
  /** What is decided about entries of other sources, because of what this one says of the patient. */
  readonly elsewhere: readonly { readonly one: StoredEntry; readonly decision: NextDecision }[]
  readonly known: ReadonlyMap<string, StoredEntry>
  /** The record now asks for an enhanced review, and some entry that was written says so. */
  readonly asksForReview: boolean
  readonly counts: { readonly stored: number; readonly updated: number; readonly unchanged: number }
}

/**
 * Works out what is new, changed, moved and gone in a record, and what is to be decided about each
 * entry. `stored` is all that is kept of the patient, from every source.
 */
export function planStoring(
  record: IncomingRecord,
  stored: readonly StoredEntry[],
  given: Pick<PatientContext, 'bornOn' | 'today' | 'identity' | 'clearsText'>,
): StoringPlan {
  const known = new Map(
    stored.filter((one) => one.source === record.source).map((one) => [one.entry.sourceKey, one]),
  )
  const incoming = new Map(record.entries.map((entry) => [entry.sourceKey, entry]))
  if (incoming.size !== record.entries.length)
    throw new Error('A record names two entries by one key')

  const { items, written, moved, counts } = compare(incoming, known)
  const missing = [...known.values()].filter(
    (one) => !one.isClosed && !incoming.has(one.entry.sourceKey),
  )
  const staying = record.isWhole ? [] : missing
  const gone = [...known.values()]
    .filter((one) => one.isClosed)
    .concat(record.isWhole ? missing : [])
  const elsewhere = stored.filter((one) => one.source !== record.source && !one.isClosed)

  const patient = {
    ...given,
    age: ageOn(given.bornOn, given.today),
    enhancedReview: asksForEnhancedReview(
      [...items, ...staying, ...elsewhere].map((one) => one.entry),
    ),
  }
  const decisions = screenRecord(
    [...items, ...staying.map(asItem)],
    patient,
    [...gone, ...elsewhere].map(asItem),
  )
  return {
    written,
    moved,
    decisions,
    elsewhere: holdElsewhere(elsewhere, patient),
    known,
    counts,
    asksForReview:
      patient.enhancedReview &&
      [...written.values()].some(({ entry }) => asksForEnhancedReview([entry])),
    closed: record.isWhole ? missing.map((one) => one.entryId) : [],
  }
}

function compare(
  incoming: ReadonlyMap<string, IncomingEntry>,
  known: ReadonlyMap<string, StoredEntry>,
) {
  const items: RecordItem[] = []
  const written = new Map<string, { entry: IncomingEntry; contentHash: string }>()
  const moved: { entryId: Id<'Entry'>; position: number }[] = []
  const counts = { stored: 0, updated: 0, unchanged: 0 }

  for (const [key, entry] of incoming) {
    const before = known.get(key)
    const contentHash = entryHash(entry)
    const isSame = before !== undefined && !before.isClosed && before.contentHash === contentHash
    items.push({
      entry,
      isChanged: !isSame || !before.isDecided,
      ...(before?.standing && { standing: before.standing }),
      markRemoved: before !== undefined && losesLastingMarker(before.entry, entry),
    })
    if (!before) counts.stored++
    else if (isSame) counts.unchanged++
    else counts.updated++

    if (!isSame) written.set(key, { entry, contentHash })
    else if ((before.entry.position ?? 0) !== (entry.position ?? 0)) {
      moved.push({ entryId: before.entryId, position: entry.position ?? 0 })
    }
  }
  return { items, written, moved, counts }
}

function losesLastingMarker(before: IncomingEntry, now: IncomingEntry): boolean {
  return (before.markers ?? []).some(
    (marker) => lastingMarkers.has(marker) && !now.markers?.includes(marker),
  )
}

function asItem({ entry, standing, isDecided }: StoredEntry): RecordItem {
  return { entry, isChanged: !isDecided, ...(standing && { standing }) }
}
