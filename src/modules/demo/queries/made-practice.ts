import type { LocalDate } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'

/** What a practice was begun with. */
export interface MadePractice {
  readonly seed: number
  readonly patients: number
  readonly madeOn: LocalDate
  /** Absent where the run that made it ended before it was whole. */
  readonly completedAt?: Date
}

/** What the transaction's practice was made from; `undefined` where it was not made up. */
export function madePractice(tx: Tx<SystemProof>): Promise<MadePractice | undefined> {
  return tx.maybe<MadePractice>(sql`
    select seed, patients, made_on, completed_at
    from demo.made_practice
    where practice = ${tx.acting.practice}
  `)
}
