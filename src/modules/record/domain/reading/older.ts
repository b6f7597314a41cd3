import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import type { RecordGrant, RecordLevel } from '../disclosure.ts'

export type OlderRequestId = Id<'OlderRequest'>

/** What became of asking for what was written before access began. */
export type OlderRequestState = 'waiting' | 'granted' | 'refused' | 'withdrawn'

/** Days in which a practice answers: the clock of a subject access request. Source: DOMAIN RD-11. */
export const answerWithinDays = 30

const levels: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']

/** Whether there is anything older to ask for: the past is open to a lower level than the present. */
export function hasOlderToAskFor({ current, historical }: RecordGrant): boolean {
  return levels.indexOf(historical) < levels.indexOf(current)
}

/** The older record as the practice has worked through it. */
export interface OlderWork {
  readonly released: number
  readonly withheld: number
  /** Waiting for a decision. */
  readonly held: number
}

/** Why an older record is not opened yet. */
export type GrantRefusal =
  | { readonly reason: 'not-waiting' | 'no-level' | 'sample-not-read' | 'not-higher' }
  | { readonly reason: 'still-held'; readonly held: number }

/**
 * May the older record be opened to `level`? Only after all of it was decided and a sample of what
 * was released without a person was read. Source: DOMAIN RD-3, DISCLOSURE 8.
 */
export function decideGrant(
  work: OlderWork,
  given: {
    readonly level: RecordLevel
    readonly grant: RecordGrant
    readonly hasReadSample: boolean
  },
): Result<void, GrantRefusal> {
  const { level, grant } = given
  if (level === 'none') return refuse({ reason: 'no-level' })
  if (levels.indexOf(level) <= levels.indexOf(grant.historical))
    return refuse({ reason: 'not-higher' })
  if (work.held > 0) return refuse({ reason: 'still-held', held: work.held })
  if (!given.hasReadSample) return refuse({ reason: 'sample-not-read' })
  return accept(undefined)
}
