import type { VNode } from 'preact'
import { z } from 'zod'
import { parseId, type Id } from '#kernel/id'
import { minutesBefore } from '#kernel/time'
import { NotFound } from '#platform/http'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import type { EntryKind } from '../../domain/entry.ts'
import { sectionNamed, sections } from '../../domain/sections.ts'
import type { RecordAccess } from '../../queries/access-facts.ts'
import {
  disclosedEntry,
  documentOf,
  entriesOfKinds,
  entriesWithin,
  incompleteSections,
  latestByTest,
  newEntries,
  resultsOfTest,
  type Reader,
} from '../../queries/entries.ts'
import { ConsultationPage } from './consultation-page.tsx'
import { DocumentPage } from './document-page.tsx'
import { OverviewPage } from './overview-page.tsx'
import type { Seat } from './record-frame.tsx'
import { ResultPage } from './result-page.tsx'
import { hasHalves, SectionPage } from './section-page.tsx'

/** A page of the record with the name under which its view is noted, and the entry it is about. */
export interface RecordView {
  readonly page: VNode
  readonly viewed: string
  readonly entryId?: Id<'Entry'>
}

/** Who reads, from where, and what their access opens. */
export interface Looking {
  readonly reader: Reader
  readonly access: RecordAccess
  readonly seat: Seat
}

const pageSize = 25
const newsDays = 30
const query = z.object({
  page: z.coerce.number().int().min(1).max(1000).catch(1).default(1),
  show: z.enum(['current', 'past']).catch('current').default('current'),
})
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
export async function overview({ reader, access, seat }: Looking): Promise<RecordView> {
  const since = minutesBefore(reader.tx.now, newsDays * 24 * 60)
  const kinds = sections.flatMap((facts) => facts.kinds).filter((kind) => kind !== 'result-group')
  const news = await newEntries(reader, kinds, since, 10)
  return { page: <OverviewPage seat={seat} access={access} news={news} />, viewed: 'overview' }
}

/** One part of the record by its name in the address. */
export async function section(looking: Looking, name: string, asked: unknown): Promise<RecordView> {
  const { reader, access, seat } = looking
  const facts = sectionNamed(name)
  if (!facts) throw new NotFound()
  const { page, show } = query.parse(asked)
  const half = hasHalves(name) ? show : undefined
  const at = { page, size: pageSize, ...(half && { isActive: half === 'current' }) }
  const listed =
    name === 'results'
      ? await latestByTest(reader, at)
      : await entriesOfKinds(reader, facts.kinds, at)
  if (page > 1 && listed.entries.length === 0) throw new NotFound()
  const supplies =
    name === 'medicines' && listed.entries.length > 0
      ? await entriesWithin(reader, listed.entries, ['issue'])
      : []
  const isIncomplete = (await incompleteSections(reader.tx)).has(facts.section)
  const model = { seat, facts, access, listed, isIncomplete, show: half, supplies }
  return { page: <SectionPage {...model} />, viewed: facts.section }
}

/** One test with its course. */
export async function result({ reader, seat }: Looking, id: string): Promise<RecordView> {
  const entry = await entryOfKinds(reader, id, results)
  const all = await resultsOfTest(reader, entry)
  const together = await testedTogether(reader, entry)
  return {
    page: <ResultPage seat={seat} entry={entry} all={all} together={together} />,
    viewed: 'result',
    entryId: entry.entryId,
  }
}

async function testedTogether(
  reader: Reader,
  entry: DisclosedEntry,
): Promise<readonly DisclosedEntry[]> {
  const parent = { ...entry, sourceKey: entry.parentKey ?? entry.sourceKey }
  const found = await entriesWithin(reader, [parent], results)
  return found
    .filter((other) => other.entryId !== entry.entryId && other.parentKey === parent.sourceKey)
    .slice(0, 50)
}

/** One consultation with what was written in it. */
export async function consultation({ reader, seat }: Looking, id: string): Promise<RecordView> {
  const entry = await entryOfKinds(reader, id, ['consultation'])
  const within = await entriesWithin(reader, [entry], inConsultation)
  return {
    page: <ConsultationPage seat={seat} entry={entry} within={within} />,
    viewed: 'consultation',
    entryId: entry.entryId,
  }
}

/** One document, with its words where it is plain text. */
export async function document({ reader, seat }: Looking, id: string): Promise<RecordView> {
  const entry = await entryOfKinds(reader, id, ['document'])
  const stored = await documentOf(reader.tx, entry)
  const isText = stored?.contentType.startsWith('text/plain') ?? false
  const file = stored && {
    contentType: stored.contentType,
    sizeBytes: stored.bytes.length,
    ...(isText && { words: stored.bytes.toString('utf8').slice(0, 50_000) }),
  }
  return {
    page: <DocumentPage seat={seat} entry={entry} file={file} />,
    viewed: 'document',
    entryId: entry.entryId,
  }
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
  const entryId = parseId<'Entry'>(id)
  const entry = entryId && (await disclosedEntry(reader, entryId))
  if (!entry || !kinds.includes(entry.kind)) throw new NotFound()
  return entry
}
