import { newId } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { isSampled, sampledDays } from '../../domain/deciding/sampling.ts'
import type { IncomingEntry } from '../../domain/entry.ts'
import { disclosureSettings } from '../../queries/review/settings.ts'
import type { DecisionToAdd } from '../write-entries.ts'

/**
 * Counts what the rules decided, for the held share, and picks some of what they released for a
 * person to read: of what was written within 90 days, as many of a hundred as the practice reads.
 */
export async function noteScreening(
  tx: Tx<SystemProof>,
  decisions: readonly DecisionToAdd[],
  entryOf: (decision: DecisionToAdd) => IncomingEntry | undefined,
): Promise<void> {
  const byRules = decisions.filter((one) => one.decision.decidedBy === 'ruleset')
  if (byRules.length === 0) return
  const released = byRules.filter((one) => one.decision.outcome === 'released')
  const { samplePercent } = await disclosureSettings(tx)
  const since = tx.now.getTime() - sampledDays * 86_400_000
  const picked = released.filter((one) => {
    const entry = entryOf(one)
    return (
      entry !== undefined &&
      isSampled(one.entryId, samplePercent) &&
      (entry.filedAt ?? entry.recordedAt).getTime() >= since
    )
  })
  await tx.run(sql`
    insert into record.screening_count (practice, count_id, counted_at, released, held)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${tx.now}, ${released.length},
      ${byRules.length - released.length})
  `)
  await pickForReading(
    tx,
    picked.map(({ entryId, contentHash }) => ({ entryId, contentHash })),
    'sample',
  )
}

/** Has a person read releases a second time. What is picked already is left as it is. */
export async function pickForReading(
  tx: Tx<SystemProof>,
  picked: readonly { readonly entryId: string; readonly contentHash: string }[],
  why: 'sample' | 'new-rules',
): Promise<void> {
  if (picked.length === 0) return
  await tx.run(sql`
    insert into record.second_reading (practice, entry_id, content_hash, why, picked_at)
    select ${tx.acting.practice}, given."entryId", given."contentHash", ${why}, ${tx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(picked)}::jsonb) as given ("entryId" uuid, "contentHash" text)
    on conflict (practice, entry_id, content_hash) do nothing
  `)
}
