import type { RecordLevel } from '#modules/access'
import type { GrantedLevel } from '../../queries/reading/older-requests.ts'

const words: Readonly<Record<RecordLevel, string>> = {
  none: 'Nothing',
  summary: 'Medicines and allergies',
  detailed: 'Also coded entries, results and consultations, without free text',
  documents: 'Also documents',
  full: 'Everything released, with free text',
}
const levels: readonly GrantedLevel[] = ['summary', 'detailed', 'documents', 'full']

/** A level of the record in words. */
export function formatLevel(level: RecordLevel): string {
  return words[level]
}

/** The levels above one, lowest first. */
export function grantable(present: RecordLevel): readonly GrantedLevel[] {
  return present === 'none' ? levels : levels.slice(levels.indexOf(present) + 1)
}
