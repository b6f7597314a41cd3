import type { IncomingEntry } from './entry.ts'

const wanted = '1364731000000104'
const notNeeded = '1364751000000106'

/**
 * Whether the record asks for an enhanced review before online access: the later of the two codes
 * counts, and of two with one date, the one that asks. Source: DOMAIN RA-8.
 */
export function asksForEnhancedReview(entries: readonly IncomingEntry[]): boolean {
  const latest = (code: string) =>
    entries.reduce((so, entry) => {
      const has = entry.codings?.some((coding) => coding.code === code)
      return has ? Math.max(so, (entry.clinicalAt ?? entry.recordedAt).getTime()) : so
    }, -Infinity)
  const asked = latest(wanted)
  return asked > -Infinity && asked >= latest(notNeeded)
}
