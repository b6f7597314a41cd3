import type { FormFaults } from '#platform/http'
import type { Patient } from '#modules/directory'
import type { Answer } from '../domain/asking/request.ts'
import type { RecordAccess } from '../queries/access-facts.ts'
import type { EntryInContext } from '../queries/entry-in-context.ts'
import type { DecisionRow, QueueFilter } from '../queries/review.ts'

/** Everything on one screen that a person needs to decide about one entry. */
export interface ReviewModel {
  readonly patient: Patient
  readonly found: EntryInContext
  readonly history: readonly DecisionRow[]
  /** What the patient's own access opens; absent where they have none. */
  readonly access: RecordAccess | undefined
  /** Somebody else may act for the patient online. */
  readonly hasProxy: boolean
  /** The patient has an account of their own, and can be asked online. */
  readonly hasOwnAccount: boolean
  /** What the patient said when they were asked, where they were and have. */
  readonly answer?: Answer
  /** Roles of the person who looks. */
  readonly roles: readonly string[]
  readonly staffId: string
  readonly wholeEntriesOnly: boolean
  readonly filter: QueueFilter
  readonly now: Date
  readonly faults?: FormFaults
}
