import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { sectionOf } from '../../domain/sections.ts'
import type { Seat } from './record-frame.tsx'

/** Where an entry is read: on a page of its own, or in the list of its part. */
export function hrefOf(entry: DisclosedEntry, seat: Seat): string {
  const section = sectionOf(entry.kind)
  const hasPage =
    section === 'results' ||
    entry.kind === 'consultation' ||
    entry.kind === 'document' ||
    entry.kind === 'problem'
  return hasPage ? `${seat.base}/${section}/${entry.entryId}` : `${seat.base}/${section}`
}
