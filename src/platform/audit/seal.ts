import { contentHash } from '#kernel/content-hash'
import { sql, type SystemProof, type Tx } from '#platform/db'

const firstHash = '0'.repeat(64)

interface SealableEvent {
  readonly eventId: string
  readonly at: Date
  readonly type: string
  readonly actorKind: string
  readonly actorId?: string
  readonly patientId?: string
  readonly outcome: string
  readonly details: unknown
}

interface Seal {
  readonly sealNo: number
  readonly sealedAt: Date
  readonly eventCount: number
  readonly previousHash: string
  readonly hash: string
}

/**
 * Seals the practice's unsealed events, at most 5,000, in one batch whose hash covers them and the
 * seal before. Gives how many. Two at once: the second fails on the seal's number and seals later.
 */
export async function sealEvents(tx: Tx<SystemProof>): Promise<number> {
  const { practice } = tx.acting
  const events = await tx.many<SealableEvent>(sql`
    select event.event_id, event.at, event.type, event.actor_kind, event.actor_id,
      event.patient_id, event.outcome, event.details
    from audit.event event
    where event.practice = ${practice}
      and not exists (
        select from audit.sealed_event sealed
        where sealed.practice = ${practice}
          and sealed.event_id = event.event_id)
    order by event.event_id
    limit 5000
  `)
  if (events.length === 0) return 0

  const last = await tx.maybe<{ readonly sealNo: number; readonly hash: string }>(sql`
    select seal_no, hash
    from audit.seal
    where practice = ${practice}
    order by seal_no desc
    limit 1
  `)
  const sealNo = (last?.sealNo ?? 0) + 1
  const previousHash = last?.hash ?? firstHash
  const hash = hashOf(previousHash, sealNo, events)
  await tx.run(sql`
    insert into audit.seal (practice, seal_no, sealed_at, event_count, previous_hash, hash)
    values (${practice}, ${sealNo}, ${tx.now}, ${events.length}, ${previousHash}, ${hash})
  `)
  await tx.run(sql`
    insert into audit.sealed_event (practice, event_id, seal_no)
    select ${practice}, event_id, ${sealNo}::integer
    from unnest(${events.map((event) => event.eventId)}::uuid[]) as given (event_id)
  `)
  return events.length
}

/** The first thing found wrong with a practice's trail, or how much of it was checked. */
export type TrailCheck =
  | {
      readonly whole: true
      readonly seals: number
      readonly events: number
      readonly unsealed: number
    }
  | { readonly whole: false; readonly sealNo: number; readonly wrong: string }

/** Recomputes the chain from the first seal on: an edited, added or missing event shows (I-7). */
export async function checkTrail(tx: Tx<SystemProof>): Promise<TrailCheck> {
  const { practice } = tx.acting
  const seals = await tx.many<Seal>(sql`
    select seal_no, sealed_at, event_count, previous_hash, hash
    from audit.seal
    where practice = ${practice}
    order by seal_no
  `)
  let previousHash = firstHash
  let checked = 0
  for (const [index, seal] of seals.entries()) {
    const wrong = await faultOf(tx, seal, index + 1, previousHash)
    if (wrong !== undefined) return { whole: false, sealNo: index + 1, wrong }
    previousHash = seal.hash
    checked += seal.eventCount
  }
  const left = await tx.maybe<{ readonly unsealed: number }>(sql`
    select count(*) as unsealed
    from audit.event event
    where event.practice = ${practice}
      and not exists (
        select from audit.sealed_event sealed
        where sealed.practice = ${practice}
          and sealed.event_id = event.event_id)
  `)
  return { whole: true, seals: seals.length, events: checked, unsealed: left?.unsealed ?? 0 }
}

async function faultOf(
  tx: Tx<SystemProof>,
  seal: Seal,
  expectedNo: number,
  previousHash: string,
): Promise<string | undefined> {
  if (seal.sealNo !== expectedNo) return `seal ${expectedNo} is missing`
  if (seal.previousHash !== previousHash) return 'it does not follow from the seal before it'
  const events = await tx.many<SealableEvent>(sql`
    select event.event_id, event.at, event.type, event.actor_kind, event.actor_id,
      event.patient_id, event.outcome, event.details
    from audit.sealed_event sealed
    join audit.event event using (practice, event_id)
    where sealed.practice = ${tx.acting.practice}
      and sealed.seal_no = ${seal.sealNo}
    order by event.event_id
  `)
  if (events.length !== seal.eventCount) {
    return `it covered ${seal.eventCount} events and ${events.length} are there`
  }
  if (hashOf(previousHash, seal.sealNo, events) !== seal.hash)
    return 'an event it covers was changed'
  return undefined
}

function hashOf(previousHash: string, sealNo: number, events: readonly SealableEvent[]): string {
  return contentHash([previousHash, sealNo, events])
}
