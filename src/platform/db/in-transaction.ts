import type pg from 'pg'
import { DatabaseAway, isLost } from './away.ts'
import type { Source } from './follow.ts'
import { queriesOn, requireCommitted, uncertain, type Observe, type Queries } from './queries.ts'
import type { Statement } from './sql.ts'

/** Sends a statement and the commit together, as the end of a transaction. */
export type CommitWith = <Row extends object>(statement: Statement) => Promise<Row | undefined>

/** Begins, does the work and commits; anything thrown rolls back. */
export async function inTransaction<T>(
  source: Source,
  observe: Observe,
  begin: string,
  work: (queries: Queries, commitWith: CommitWith) => Promise<T>,
): Promise<T> {
  const client = await source()
  const life = { over: false }
  let broken = false
  let committed: Promise<pg.QueryResult> | undefined
  const commit = () => {
    life.over = true
    observe({ text: 'commit', values: [] })
    committed = client.query('commit').catch(uncertain)
    return committed
  }
  const queries = queriesOn(client, observe, life)
  const commitWith: CommitWith = async <Row extends object>(statement: Statement) => {
    const found = queries.maybe<Row>(statement).catch(uncertain)
    const [row, outcome] = await Promise.all([found, commit()])
    requireCommitted(outcome)
    return row
  }
  try {
    observe({ text: begin, values: [] })
    const began = client.query(begin)
    const [, value] = await Promise.all([began, work(queries, commitWith)])
    requireCommitted(await (committed ?? commit()))
    return value
  } catch (fault) {
    life.over = true
    await client.query('rollback').catch(() => {
      broken = true
    })
    if (committed !== undefined || !isLost(fault)) throw fault
    broken = true
    throw new DatabaseAway('The connection was lost before it was told to commit', {
      cause: fault,
    })
  } finally {
    client.release(broken)
  }
}

/** What the work came to, if the recheck passed; its refusal goes before whatever the work says. */
export async function checkedFirst<T>(checked: Promise<void>, begin: () => Promise<T>): Promise<T> {
  const work = begin()
  work.catch(() => undefined)
  try {
    await checked
  } catch (refusal) {
    // The recheck could not go on because a statement of the work had failed: that is the fault.
    if (isAfterFailure(refusal)) await work
    throw refusal
  }
  return work
}

function isAfterFailure(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === '25P02'
}
