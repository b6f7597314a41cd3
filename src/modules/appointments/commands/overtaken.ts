import type { Database, Proof, Tx } from '#platform/db'

/** More than the appointments anyone can hold: each try that fails means that another one got through. */
const tries = 25

/** Leaves the transaction, and so gives back what it claimed: what was decided on has changed. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

/** Runs `work` in a transaction of its own, and again in a new one each time it was overtaken. */
export async function untilNotOvertaken<P extends Proof, Outcome>(
  db: Database,
  proof: P,
  work: (tx: Tx<P>) => Promise<Outcome>,
): Promise<Outcome> {
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      return await db.transaction(proof, work)
    } catch (fault) {
      if (!(fault instanceof Overtaken)) throw fault
    }
  }
  throw new Error('A booking was overtaken again and again')
}
