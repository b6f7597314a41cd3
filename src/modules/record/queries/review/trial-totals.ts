import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { RecordLevel, StaffActing } from '#modules/access'
import type { Section } from '../../domain/entry.ts'

/** A count of what the whole practice would gain: how far it is, or when it was done. */
export interface TrialRun {
  readonly runId: Id<'TrialRun'>
  readonly begunAt: Date
  readonly finishedAt?: Date
  readonly patients: number
  readonly reached: number
  readonly paused: number
  /** Patients of the practice, to say how far it is. */
  readonly ofPatients: number
}

/** The count begun last, if there was any. */
export function latestTrialRun(
  tx: Tx<StaffActing<'decide-disclosure'>>,
): Promise<TrialRun | undefined> {
  return tx.maybe<TrialRun>(sql`
    select run.run_id, run.begun_at, run.finished_at, run.patients, run.reached, run.paused,
      (select count(*)
        from directory.patient
        where patient.practice = run.practice
          and patient.registration in ('active', 'temporary')) as of_patients
    from record.trial_run run
    where run.practice = ${tx.acting.practice}
    order by run.begun_at desc, run.run_id desc
    limit 1
  `)
}

/** What readers would gain of one part of the record at one level, all patients together. */
export interface TrialTotal {
  readonly level: Exclude<RecordLevel, 'none'>
  readonly relation: 'self' | 'proxy'
  readonly section: Section
  readonly readers: number
  readonly entries: number
}

/** Everything that a count found, in no order that matters. */
export function trialTotals(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  runId: Id<'TrialRun'>,
): Promise<readonly TrialTotal[]> {
  return tx.many<TrialTotal>(sql`
    select level, relation, section, readers, entries
    from record.trial_total
    where practice = ${tx.acting.practice}
      and run_id = ${runId}
    order by level, relation, section
  `)
}
