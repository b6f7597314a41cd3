import { contentHash } from '#kernel/content-hash'
import type { IncomingEntry } from './entry.ts'

/**
 * The hash that a decision is made for. It covers everything a reader could see, what decides who
 * may see it (dates, markers) and where it belongs; not the resource it came from, nor its place
 * among its siblings. Two imports of the same content hash the same.
 */
export function entryHash(entry: IncomingEntry): string {
  const { value, detail } = entry
  return contentHash(
    JSON.stringify([
      entry.kind,
      entry.title,
      entry.codings?.map((coding) => [coding.system, coding.code, coding.display]),
      entry.clinicalAt?.getTime(),
      entry.clinicalPrecision,
      entry.recordedAt.getTime(),
      entry.filedAt?.getTime(),
      value && [
        value.number,
        value.comparator,
        value.text,
        value.unit,
        value.low,
        value.high,
        value.rangeText,
      ],
      entry.text,
      entry.author,
      entry.organisation,
      entry.encounterKey,
      entry.parentKey,
      entry.links?.map((link) => `${link.relation} ${link.key}`).toSorted(),
      detail && hasMembers(detail) ? contentHash(detail) : undefined,
      entry.markers?.toSorted(),
      documentHash(entry),
      entry.content?.contentType,
    ]),
  )
}

/** Names a document's bytes by their SHA-256, in hex; `undefined` where there are none. */
export function documentHash(entry: IncomingEntry): string | undefined {
  return entry.content && contentHash(Buffer.from(entry.content.bytes).toString('base64'))
}

function hasMembers(detail: object): boolean {
  for (const _ in detail) return true
  return false
}
