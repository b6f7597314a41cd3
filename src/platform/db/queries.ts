import type pg from 'pg'
import { isRefusal, OutcomeUnknown } from './away.ts'
import { ask } from './kept-query.ts'
import type { DatabaseSettings } from './settings.ts'
import type { Statement } from './sql.ts'

/** Runs statements. A column named `slot_id` arrives as `slotId`, a null not at all. */
export interface Queries {
  many<Row extends object>(statement: Statement): Promise<readonly Row[]>
  /** The first row, or `undefined`. */
  maybe<Row extends object>(statement: Statement): Promise<Row | undefined>
  /** How many rows were written. */
  run(statement: Statement): Promise<number>
}

/** Told of what is sent. */
export type Observe = NonNullable<DatabaseSettings['observe']>

export const ignore: Observe = () => undefined

/** Statements on one connection, until `life` is over. */
export function queriesOn(
  client: pg.PoolClient,
  observe: Observe,
  life: { readonly over: boolean },
): Queries {
  const send = (statement: Statement) => {
    if (life.over) throw new Error('A statement was sent after its transaction had ended')
    observe(statement)
    return ask(client, statement)
  }
  return {
    many: async <Row extends object>(statement: Statement) =>
      (await send(statement)).rows as readonly Row[],
    maybe: async <Row extends object>(statement: Statement) =>
      (await send(statement)).rows[0] as Row | undefined,
    run: async (statement) => (await send(statement)).rowCount,
  }
}

/** A commit that was sent and not refused may have been done. */
export function uncertain(fault: unknown): never {
  if (isRefusal(fault)) throw fault
  throw new OutcomeUnknown('The database did not say whether it committed', { cause: fault })
}

/** Postgres answers a commit after a failed statement with a rollback: that is never a success. */
export function requireCommitted(outcome: pg.QueryResult): void {
  if (outcome.command !== 'COMMIT')
    throw new Error('A transaction with a failed statement was rolled back')
}
