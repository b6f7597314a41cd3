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
export function printStatements(databaseUrl: string): Promise<void> {
  return timed(databaseUrl, async (admin) => {
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
  })
}

/** Forgets what statements took until now. */
export function forgetStatements(databaseUrl: string): Promise<void> {
  return timed(databaseUrl, async (admin) => {
    await admin.query('select pg_stat_statements_reset()')
  })
}

interface GrownStatement {
  readonly text: string
  /** Milliseconds of one call in each of the databases where it ran, in their order. */
  readonly each: readonly (string | null)[]
}

/** Prints what one call of each statement took in each of these databases, planning left out. */
export function printGrowth(
  databaseUrl: string,
  databases: readonly (string | undefined)[],
): Promise<void> {
  return timed(databaseUrl, async (admin) => {
    const { rows } = await admin.query<GrownStatement>(
      `
      with took as (
        select datname::text as datname, query, sum(total_exec_time) as ms, sum(calls) as calls
        from pg_stat_statements
        join pg_database on pg_database.oid = dbid
        where datname = any($1::text[])
        group by 1, query
      )
      select left(regexp_replace(known.query, '\\s+', ' ', 'g'), 110) as text,
        array_agg(round((ms / greatest(calls, 1))::numeric, 3)::text
          order by place) as each
      from unnest($1::text[]) with ordinality as listed (database, place)
      cross join (select query, sum(ms) as all_ms from took group by query) as known
      left join took on took.datname = listed.database and took.query = known.query
      group by known.query, all_ms
      order by all_ms desc
      limit 30`,
      [databases],
    )
    console.log(`ms of one call at ${databases.join(', ')}`)
    for (const { each, text } of rows)
      console.log(`${each.map((ms) => (ms ?? '').padStart(9)).join('')}: ${text}`)
  })
}

async function timed(
  databaseUrl: string,
  work: (admin: pg.Client) => Promise<void>,
): Promise<void> {
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  try {
    await admin.query('create extension if not exists pg_stat_statements')
    await work(admin)
  } finally {
    await admin.end()
  }
}
