import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database, Queries } from '#platform/db'

/**
 * The same database, except that whoever asks for a second connection while they hold one fails at
 * once. With all connections held by such, each would wait for another for ever; in a test with
 * connections to spare nobody would notice.
 */
export function withOneConnectionEach(db: Database): Database {
  const holders = new AsyncLocalStorage<{ isHeld: boolean }>()
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    if (holders.getStore()?.isHeld === true)
      return Promise.reject(new Error('A second connection was asked for while one is held'))
    const holder = { isHeld: true }
    return holders.run(holder, work).finally(() => {
      holder.isHeld = false
    })
  }
  const each = (queries: Queries): Queries => ({
    many: (statement) => alone(() => queries.many(statement)),
    maybe: (statement) => alone(() => queries.maybe(statement)),
    run: (statement) => alone(() => queries.run(statement)),
  })
  return {
    ...db,
    accounts: each(db.accounts),
    figures: each(db.figures),
    accountsTransaction: (work) => alone(() => db.accountsTransaction(work)),
    transaction: (acting, work) => alone(() => db.transaction(acting, work)),
  }
}
