import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database, Queries } from '#platform/db'

interface Holder {
  readonly of: Database
  isHeld: boolean
}

const holders = new AsyncLocalStorage<Holder>()

/** Somebody else does this, who holds nothing: for tests in which two people meet half way. */
export function asSomebodyElse<T>(work: () => T): T {
  return holders.exit(work)
}

/**
 * The same database, except that whoever asks for a second connection while they hold one fails at
 * once. With all connections held by such, each would wait for another for ever; in a test with
 * connections to spare nobody would notice.
 */
export function withOneConnectionEach(db: Database): Database {
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const own = holders.getStore()
    if (own?.isHeld === true && own.of === db)
      return Promise.reject(new Error('A second connection was asked for while one is held'))
    const holder: Holder = { of: db, isHeld: true }
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
