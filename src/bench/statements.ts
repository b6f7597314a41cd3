import pg from 'pg'

/** What the server must be started with for its statements to be timed. */
export const timingSettings = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
} as const

interface TimedStatement {
  readonly ms: string
  readonly calls: string
  readonly each: string
  /** Of these, planned anew. */
  readonly planned: string
  readonly text: string
}

/** Prints which statements took most of the database's time, planning included. */
export async function printStatements(databaseUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  try {
    await admin.query('create extension if not exists pg_stat_statements')
    const { rows } = await admin.query<TimedStatement>(`
      select round((total_exec_time + total_plan_time)::numeric, 0)::text as ms,
        calls::text,
        round(((total_exec_time + total_plan_time) / greatest(calls, 1))::numeric, 3)::text as each,
        plans::text as planned,
        left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as text
      from pg_stat_statements
      order by total_exec_time + total_plan_time desc
      limit 25`)
    for (const { ms, calls, each, planned, text } of rows)
      console.log(
        `${ms.padStart(9)} ms ${calls.padStart(7)} times ${planned.padStart(7)} planned ${each.padStart(9)} ms: ${text}`,
      )
  } finally {
    await admin.end()
  }
}
