import type { LocalDate } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import type { Role } from '#modules/access'
import type { BookedPatient, Clinic } from '../../queries/clinics.ts'

/** What a day's slots show; `chosen`, `typed` and `faults` after a try that had faults. */
export interface DayPageModel {
  readonly day: LocalDate
  readonly now: Date
  readonly clinics: readonly Clinic[]
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
  readonly roles: readonly Role[]
  readonly mayPublish: boolean
  readonly mayBook: boolean
  /** What was just done, told at the top. */
  readonly done?: string
  /** Why the last press changed nothing. */
  readonly told?: string
  readonly chosen?: ReadonlySet<string>
  readonly typed?: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}
