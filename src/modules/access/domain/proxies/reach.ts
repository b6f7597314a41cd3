import type { Subject } from '#kernel/subjects'
import type { RecordArea } from '../areas.ts'

/** What most people keep to themselves: a proxy sees of it only what was named for them. */
export type PrivateSubject = Exclude<Subject, 'abnormal'>

/** Every private subject, in the order of the forms. */
export const privateSubjects: readonly PrivateSubject[] = [
  'mental-health',
  'sexual-health',
  'pregnancy',
  'alcohol-drugs',
  'cancer',
  'genetic',
]

/**
 * Which parts of the record a proxy sees, as far as their level goes, and which private subjects.
 * What the patient themself keeps private stays so, whatever is named here.
 */
export interface ProxyReach {
  readonly areas: readonly RecordArea[]
  readonly subjects: readonly PrivateSubject[]
}
