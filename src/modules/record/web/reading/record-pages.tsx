import type { VNode } from 'preact'
import { z } from 'zod'
import { parseId, type Id } from '#kernel/id'
import { minutesBefore } from '#kernel/time'
import { NotFound } from '#platform/http'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import type { EntryKind } from '../../domain/entry.ts'
import { sectionNamed, sections, type SectionFacts } from '../../domain/sections.ts'
import type { RecordAccess } from '../../queries/access-facts.ts'
import {
  disclosedEntry,
  entriesWithin,
  entryByKey,
  incompleteSections,
  latestByTest,
  newEntries,
  resultsOfTest,
  type Reader,
} from '../../queries/entries.ts'
import { entriesByProblem, entriesOfProblem } from '../../queries/reading/by-problem.ts'
import { entriesOfSection } from '../../queries/reading/by-section.ts'
import { documentFacts, documentOf, documentsSaying } from '../../queries/reading/documents.ts'
import { entriesSaying } from '../../queries/reading/search.ts'
import { ConditionPage } from './condition-page.tsx'
import { ConsultationPage } from './consultation-page.tsx'
import { DocumentPage } from './document-page.tsx'
import type { ListOrder } from './orders.tsx'
import { OverviewPage } from './overview-page.tsx'
import type { Seat } from './record-frame.tsx'
import { ResultPage } from './result-page.tsx'
import { SearchPage } from './search-page.tsx'
import { hasHalves, SectionPage, type SectionModel } from './section-page.tsx'

/** Who reads, from where, and what their access opens. */
export interface Looking {
  readonly reader: Reader
  readonly access: RecordAccess
  readonly seat: Seat
}

const pageSize = 50
const newsDays = 30
const pageNumber = z.coerce.number().int().min(1).max(1000).catch(1).default(1)
const year = z.coerce.number().int().min(1900).max(2200).optional().catch(undefined)
const query = z.object({
  page: pageNumber,
  show: z.enum(['current', 'past']).catch('current').default('current'),
  by: z.enum(['newest', 'condition', 'date']).catch('newest').default('newest'),
  from: year,
  until: year,
})
const searching = z.object({ words: z.string().max(100).catch('').default(''), page: pageNumber })
const listedKinds = sections.flatMap((facts) => facts.kinds)
const inConsultation: readonly EntryKind[] = [
  'topic',
  'heading',
  'note',
  'problem',
  'observation',
  'measurement',
  'procedure',
  'family-history',
  'medication',
  'issue',
  'allergy',
  'immunisation',
  'referral',
  'request',
  'document',
  'result',
  'result-group',
  'report',
  'other',
]
const results: readonly EntryKind[] = ['result', 'result-group', 'report']

/** What is new, and the parts of the record. */
export async function overview({ reader, access, seat }: Looking): Promise<VNode> {
  const since = minutesBefore(reader.tx.now, newsDays * 24 * 60)
  const kinds = listedKinds.filter((kind) => kind !== 'result-group')
  const news = await newEntries(reader, kinds, since, 10)
  return <OverviewPage seat={seat} access={access} news={news} />
}

/** One part of the record by its name in the address. */
export async function section(looking: Looking, name: string, asked: unknown): Promise<VNode> {
  const { reader, access, seat } = looking
  const facts = sectionNamed(name)
  if (!facts) throw new NotFound()
  const { page, show, by, from, until } = query.parse(asked)
  const half = hasHalves(name) && by === 'newest' ? show : undefined
  const order = { by, ...(from && { fromYear: from }), ...(until && { untilYear: until }) }
  const [found, incomplete] = await Promise.all([
    listOf(reader, facts, { page, order, half }),
    incompleteSections(reader.tx),
  ])
  const { entries } = found.listed
  if (page > 1 && entries.length === 0) throw new NotFound()
  const supplies =
    name === 'medicines' && entries.length > 0
      ? await entriesWithin(reader, entries, ['issue'])
      : []
  const isIncomplete = incomplete.has(facts.section)
  const rest = { isIncomplete, show: half, order, supplies }
  return <SectionPage seat={seat} facts={facts} access={access} {...found} {...rest} />
}

async function listOf(
  reader: Reader,
  facts: SectionFacts,
  asked: {
    readonly page: number
    readonly order: ListOrder
    readonly half: 'current' | 'past' | undefined
  },
): Promise<Pick<SectionModel, 'listed' | 'under'>> {
  const { page, order, half } = asked
  const at = { page, size: pageSize }
  const { section: name, kinds } = facts
  if (order.by === 'condition') {
    const { under, hasMore } = await entriesByProblem(reader, kinds, at)
    return { listed: { entries: under.map(({ entry }) => entry), page, hasMore }, under }
  }
  if (order.by === 'newest' && name === 'results') return { listed: await latestByTest(reader, at) }
  const years = { fromYear: order.fromYear, untilYear: order.untilYear }
  return {
    listed: await entriesOfSection(reader, facts, {
      ...at,
      ...(half && { isActive: half === 'current' }),
      ...(order.by === 'date' && present(years)),
    }),
  }
}

function present(years: {
  readonly fromYear?: number | undefined
  readonly untilYear?: number | undefined
}) {
  const { fromYear, untilYear } = years
  return { ...(fromYear && { fromYear }), ...(untilYear && { untilYear }) }
}

/** One condition, with what the record files under it. */
export async function condition(
  { reader, seat }: Looking,
  id: string,
  asked: unknown,
): Promise<VNode> {
  const { page } = query.parse(asked)
  const problemId = requireId(id)
  const [entry, under] = await Promise.all([
    entryOfKinds(reader, id, ['problem']),
    entriesOfProblem(reader, listedKinds, problemId, { page, size: pageSize }),
  ])
  return (
    <ConditionPage
      seat={seat}
      entry={entry}
      under={under.entries}
      page={page}
      hasMore={under.hasMore}
    />
  )
}

/** What holds every word looked for, of what this reader may see. */
export async function search({ reader, seat }: Looking, asked: unknown): Promise<VNode> {
  const { words, page } = searching.parse(asked ?? {})
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10)
  const found =
    parts.length > 0
      ? await entriesSaying(reader, listedKinds, parts, {
          page,
          size: pageSize,
          documentIds: await documentsSaying(reader.tx, parts),
        })
      : undefined
  return <SearchPage seat={seat} words={words} found={found} />
}

/** One test with its course, what it was taken with, and what was said of all of it. */
export async function result({ reader, seat }: Looking, id: string): Promise<VNode> {
  const entry = await entryOfKinds(reader, id, results)
  const [all, { report, together }] = await Promise.all([
    resultsOfTest(reader, entry),
    takenTogether(reader, entry),
  ])
  return <ResultPage seat={seat} entry={entry} all={all} report={report} together={together} />
}

async function takenTogether(
  reader: Reader,
  entry: DisclosedEntry,
): Promise<{
  readonly report: DisclosedEntry | undefined
  readonly together: readonly DisclosedEntry[]
}> {
  const { parentKey } = entry
  const parent = { ...entry, sourceKey: parentKey ?? entry.sourceKey }
  const [found, report] = await Promise.all([
    entriesWithin(reader, [parent], results),
    parentKey === undefined ? undefined : entryByKey(reader, entry.source, parentKey),
  ])
  const together = found
    .filter((other) => other.entryId !== entry.entryId && other.parentKey === parent.sourceKey)
    .slice(0, 50)
  return { report: report && results.includes(report.kind) ? report : undefined, together }
}

/** One consultation with what was written in it. */
export async function consultation({ reader, seat }: Looking, id: string): Promise<VNode> {
  const entry = await entryOfKinds(reader, id, ['consultation'])
  const within = await entriesWithin(reader, [entry], inConsultation)
  return <ConsultationPage seat={seat} entry={entry} within={within} />
}

/** One document, with its words where they could be read. */
export async function document({ reader, seat }: Looking, id: string): Promise<VNode> {
  const entry = await entryOfKinds(reader, id, ['document'])
  const file = await documentFacts(reader.tx, entry)
  return <DocumentPage seat={seat} entry={entry} file={file} />
}

/** A document's file. */
export async function documentFile({ reader }: Looking, id: string) {
  const entry = await entryOfKinds(reader, id, ['document'])
  const stored = await documentOf(reader.tx, entry)
  if (!stored) throw new NotFound()
  return { ...stored, entry }
}

async function entryOfKinds(
  reader: Reader,
  id: string,
  kinds: readonly EntryKind[],
): Promise<DisclosedEntry> {
  const entry = await disclosedEntry(reader, requireId(id))
  if (!entry || !kinds.includes(entry.kind)) throw new NotFound()
  return entry
}

function requireId(id: string): Id<'Entry'> {
  const entryId = parseId<'Entry'>(id)
  if (!entryId) throw new NotFound()
  return entryId
}
