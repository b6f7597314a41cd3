import { marksIn } from './given-record.ts'
import type { Stage } from './stage.ts'

/**
 * Marks in what the service kept for itself or sent in all histories of a stage: its log, the audit trail, jobs and the faults
 * of jobs, and every notice. None of them may hold a word of a record, released or not (I-1, I-7).
 */
export async function marksInMachinery(stage: Stage): Promise<readonly string[]> {
  const { rows } = await stage.admin.query<{ name: string; words: string | null }>(
    `select 'the audit trail' as name, string_agg(one::text, ' ') as words from audit.event one
     union all select 'a job', string_agg(one::text, ' ') from jobs.job one
     union all select 'a notice', string_agg(one::text, ' ') from messages.notice one`,
  )
  const kept = [...rows, { name: 'the log', words: stage.log.lines.join('\n') }]
  return kept.flatMap(({ name, words }) =>
    [...marksIn(words ?? '')].map((mark) => `${name} holds ${mark}`),
  )
}
