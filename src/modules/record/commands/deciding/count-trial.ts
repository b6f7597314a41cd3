import { newId, parseId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { minutesBefore } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { RecordLevel, StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import { gains, gainsBySection } from '../../domain/deciding/trial.ts'
import { grantAt, trialReaders, type TrialReader } from '../../queries/review/trial.ts'
import { latestTrialRun } from '../../queries/review/trial-totals.ts'

const patientsAtOnce = 50
const levels: readonly RecordLevel[] = ['summary', 'detailed', 'documents', 'full']

/**
 * Has counted what all patients of the practice would gain at each level. Refused while a count runs;
 * one that did not end within an hour is taken for dead.
 */
export async function beginTrial(
  tx: Tx<StaffActing<'decide-disclosure'>>,
): Promise<Result<Id<'TrialRun'>, 'running'>> {
  const last = await latestTrialRun(tx)
  if (last && !last.finishedAt && last.begunAt > minutesBefore(tx.now, 60)) return refuse('running')
  const runId = newId<'TrialRun'>(tx.now)
  await tx.run(sql`
    insert into record.trial_run (practice, run_id, begun_at, begun_by)
    values (${tx.acting.practice}, ${runId}, ${tx.now}, ${tx.acting.staffId})
  `)
  await recordEvent(tx, { type: 'record.trial-begun', details: { runId } })
  await enqueue(tx, 'record.count-trial', { runId })
  return accept(runId)
}

/** Counts the next patients of a trial, and asks for those after them. */
export const countTrialJob: JobHandler = {
  kind: 'record.count-trial',
  run: async (tx, payload) => {
    const runId = parseId<'TrialRun'>(payload['runId'])
    if (runId === undefined) throw new Error('The job of counting names no trial')
    const patientIds = await currentPatientsAfter(tx, parseId<'Patient'>(payload['after']))
    const readers = await trialReaders(tx, patientIds)
    await addTotals(tx, runId, totalsOf(readers))
    const reached = new Set(readers.map((one) => one.patientId))
    const paused = new Set(
      readers.filter((one) => one.association.recordPause).map((one) => one.patientId),
    )
    const last = patientIds.length < patientsAtOnce
    await tx.run(sql`
      update record.trial_run
      set patients = patients + ${patientIds.length}, reached = reached + ${reached.size},
        paused = paused + ${paused.size},
        finished_at = case when ${last} then ${tx.now}::timestamptz end
      where practice = ${tx.acting.practice}
        and run_id = ${runId}
    `)
    const after = patientIds.at(-1)
    if (!last && after) await enqueue(tx, 'record.count-trial', { runId, after })
  },
}

interface Total {
  readonly level: RecordLevel
  readonly relation: string
  readonly section: string
  readonly readers: number
  readonly entries: number
}

function totalsOf(readers: readonly TrialReader[]): readonly Total[] {
  const totals = new Map<string, Total>()
  for (const { association, counts } of readers) {
    for (const level of levels) {
      const gained = gains(counts, grantAt(association), grantAt(association, level))
      for (const [section, entries] of gainsBySection(gained)) {
        const { relation } = association
        const key = `${level} ${relation} ${section}`
        const before = totals.get(key) ?? { level, relation, section, readers: 0, entries: 0 }
        totals.set(key, {
          ...before,
          readers: before.readers + 1,
          entries: before.entries + entries,
        })
      }
    }
  }
  return [...totals.values()]
}

async function addTotals(
  tx: Tx<SystemProof>,
  runId: Id<'TrialRun'>,
  totals: readonly Total[],
): Promise<void> {
  await tx.run(sql`
    insert into record.trial_total (practice, run_id, level, relation, section, readers, entries)
    select ${tx.acting.practice}, ${runId}::uuid, given.level, given.relation, given.section,
      given.readers, given.entries
    from jsonb_to_recordset(${JSON.stringify(totals)}::jsonb) as given
      (level text, relation text, section text, readers integer, entries bigint)
    on conflict (practice, run_id, level, relation, section) do update set
      readers = trial_total.readers + excluded.readers,
      entries = trial_total.entries + excluded.entries
  `)
}

async function currentPatientsAfter(
  tx: Tx<SystemProof>,
  after: PatientId | undefined,
): Promise<readonly PatientId[]> {
  const rows = await tx.many<{ readonly patientId: PatientId }>(sql`
    select patient_id
    from directory.patient
    where practice = ${tx.acting.practice}
      and registration in ('active', 'temporary')
      and (${after}::uuid is null or patient_id > ${after}::uuid)
    order by patient_id
    limit ${patientsAtOnce}
  `)
  return rows.map((row) => row.patientId)
}
