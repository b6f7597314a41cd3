import type { Id } from '#kernel/id'
import { allSubjects, subjectsOfWords, type Subject } from '#kernel/subjects'
import { detailOf } from '../details.ts'
import type { EntryKind, IncomingEntry } from '../entry.ts'
import { familyOf } from '../family.ts'
import { wordsOf } from '../rules/words.ts'

/** An open entry of a record; `words` are a document's, absent where they could not be read. */
export interface EntryToRead {
  readonly entryId: Id<'Entry'>
  readonly source: string
  readonly entry: IncomingEntry
  readonly words?: string
}

/**
 * What each entry of one patient's record touches on, itself or through what it belongs with: the
 * whole consultation, report or letter that one of them stands in. Entries that touch on nothing are
 * not in it. What could not be read touches on everything. Source: DOMAIN TR-3, TR-4, RD-8.
 */
export function subjectsOfRecord(
  entries: readonly EntryToRead[],
): ReadonlyMap<Id<'Entry'>, readonly Subject[]> {
  const found = new Map<Id<'Entry'>, Set<Subject>>()
  const add = (entryId: Id<'Entry'>, subjects: readonly Subject[]) => {
    const known = found.get(entryId) ?? new Set()
    for (const subject of subjects) known.add(subject)
    found.set(entryId, known)
  }
  for (const group of Map.groupBy(entries, (one) => one.source).values()) {
    for (const one of group) {
      const own = ownSubjects(one)
      if (own.length === 0) continue
      add(one.entryId, own)
      for (const near of familyOf(one, group)) add(near.entryId, own)
    }
  }
  return new Map([...found].map(([entryId, subjects]) => [entryId, [...subjects]]))
}

const results: ReadonlySet<EntryKind> = new Set(['result', 'result-group', 'report'])

function ownSubjects({ entry, words }: EntryToRead): readonly Subject[] {
  if (entry.kind === 'document' && words === undefined) return allSubjects
  const spoken = subjectsOfWords(`${wordsOf(entry)}\n${entry.author ?? ''}\n${words ?? ''}`)
  return results.has(entry.kind) && mayBeAbnormal(entry) ? [...spoken, 'abnormal'] : spoken
}

const plain =
  /^\s*(?:no(?:t| growth| abnormality)? ?(?:detected|seen|isolated|significant growth)?|negative|neg|nil|normal|absent|none (?:seen|detected)|non[- ]reactive|clear|satisfactory)[\s.]*$/i
const plainInterpretation = /^\s*(?:normal|n|within (?:the )?(?:reference|normal) range)[\s.]*$/i

/** Not plainly normal: outside its range, without a range, or in words other than the usual ones. */
function mayBeAbnormal(entry: IncomingEntry): boolean {
  const { interpretation } = detailOf('result', entry)
  if (interpretation !== undefined && !plainInterpretation.test(interpretation)) return true
  const { value } = entry
  if (value?.text !== undefined && !plain.test(value.text)) return true
  if (value?.number === undefined) {
    // A heading says nothing itself; what it holds counts through the report it stands in.
    return entry.kind === 'result' && value?.text === undefined
  }
  const { number, low, high, comparator } = value
  if (low === undefined && high === undefined) return true
  if (low !== undefined && (number < low || comparator === '<' || comparator === '<=')) return true
  return high !== undefined && (number > high || comparator === '>' || comparator === '>=')
}
