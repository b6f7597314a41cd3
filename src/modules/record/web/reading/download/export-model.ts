import { z } from 'zod'
import { formatDate } from '#kernel/time'
import type { DisclosedEntry } from '../../../domain/disclosure.ts'
import type { EntryKind, Section } from '../../../domain/entry.ts'
import type { ExportedPatient } from '../../../domain/reading/fhir/bundle.ts'
import { areaOf, sections, type SectionFacts } from '../../../domain/sections.ts'
import { textFactsOf } from '../entry-facts.tsx'

/** What a person chose to print or download. Empty parts mean all that are open to them. */
export interface Scope {
  readonly parts: readonly Section[]
  readonly fromYear?: number
  readonly untilYear?: number
}

const year = z.coerce.number().int().min(1900).max(2200).optional().catch(undefined)
const asked = z.object({
  parts: z
    .union([z.string(), z.array(z.string())])
    .catch([])
    .default([]),
  from: year,
  until: year,
})

/** Reads a scope from an address; parts that there are not are left out. */
export function parseScope(query: unknown): Scope {
  const { parts, from, until } = asked.parse(query ?? {})
  const named = [parts].flat()
  return {
    parts: sections.map(({ section }) => section).filter((section) => named.includes(section)),
    ...(from && { fromYear: from }),
    ...(until && { untilYear: until }),
  }
}

/** A scope as the end of an address. */
export function scopeQuery({ parts, fromYear, untilYear }: Scope): string {
  return new URLSearchParams([
    ...parts.map((part) => ['parts', part]),
    ...(fromYear ? [['from', String(fromYear)]] : []),
    ...(untilYear ? [['until', String(untilYear)]] : []),
  ]).toString()
}

/** The years of a scope in words. */
export function formatYears({ fromYear, untilYear }: Scope): string {
  if (fromYear && untilYear) return `from ${fromYear} to ${untilYear}`
  if (fromYear) return `from ${fromYear}`
  return untilYear ? `up to ${untilYear}` : 'all years'
}

/** One entry in words: its name, and facts with their names. */
export interface ExportedEntry {
  readonly title: string
  readonly facts: readonly (readonly [string, string])[]
}

/** What is printed or downloaded: exactly what the preview shows. */
export interface RecordExport {
  readonly patient: ExportedPatient
  readonly madeAt: Date
  readonly scope: Scope
  readonly entries: readonly DisclosedEntry[]
  /** There is more than one file holds; what is left out is older. */
  readonly isCut: boolean
}

/** Most entries in one print or download. */
export const mostExported = 2000

/** The kinds of entry that parts are made of, notes of consultations and supplies included. */
export function kindsOf(parts: readonly SectionFacts[]): readonly EntryKind[] {
  return parts.flatMap(({ section, kinds }) => {
    if (section === 'consultations') return [...kinds, 'note' as const]
    return section === 'medicines' ? [...kinds, 'issue' as const] : kinds
  })
}

/** The parts of an export that hold something, each entry in words. Notes stand with their consultation. */
export function partsOf({ entries, scope }: Pick<RecordExport, 'entries' | 'scope'>) {
  const byArea = Map.groupBy(entries, areaOf)
  return sections.flatMap(({ section, name }) => {
    const members = scope.parts.includes(section) ? (byArea.get(section) ?? []) : []
    const tops = members.filter(
      (entry) => entry.kind !== 'note' && entry.kind !== 'issue' && !isBareHeading(entry),
    )
    const listed = section === 'measurements' ? members : tops
    return listed.length === 0
      ? []
      : [{ section, name, entries: listed.map((entry) => inWords(entry, members)) }]
  })
}

function isBareHeading({ kind, text, valueText }: DisclosedEntry): boolean {
  return (kind === 'result-group' || kind === 'report') && !text && !valueText
}

function inWords(entry: DisclosedEntry, members: readonly DisclosedEntry[]): ExportedEntry {
  const own = members.filter(
    (other) =>
      other.source === entry.source &&
      ((other.kind === 'note' && other.encounterKey === entry.sourceKey) ||
        (other.kind === 'issue' && other.parentKey === entry.sourceKey)),
  )
  const notes = own
    .filter((other) => other.kind === 'note')
    .toSorted((a, b) => a.position - b.position)
    .flatMap((note) => (note.text ? [[note.title, note.text] as const] : []))
  const supplies = own
    .filter((other) => other.kind === 'issue')
    .map((issue) => formatDate(issue.clinicalAt ?? issue.recordedAt))
  return {
    title: entry.title,
    facts: [
      ...textFactsOf(entry),
      ...notes,
      ...(supplies.length > 0 ? [['Supplied on', supplies.join('; ')] as const] : []),
    ],
  }
}
