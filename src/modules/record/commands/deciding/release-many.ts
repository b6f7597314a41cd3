import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { rolesOf } from '#modules/access'
import { beyond, isLowRisk } from '../../domain/deciding/categories.ts'
import { heldAlike, type AlikeRow } from '../../queries/review/bulk.ts'
import { lockRecords } from '../../queries/stored.ts'
import { addStaffDecisions } from '../write-entries.ts'
import { by, type Decider, type EntryDecision } from './decider.ts'

/** How many were released, and how many had changed since they were read and stay held. */
export interface ReleasedMany {
  readonly released: number
  readonly changed: number
}

/**
 * Releases entries that are held for one and the same rule, and that rule alone, where it is of the
 * lowest risk. Each has to be as it was read; what is not stays held.
 *
 * Source: DISCLOSURE 5. Hazard: harmful entry shown among many harmless ones.
 */
export async function releaseMany(
  tx: Decider,
  asked: { readonly rule: string; readonly entries: readonly EntryDecision[] },
): Promise<Result<ReleasedMany, { readonly reason: 'not-low-risk' | 'needs-role' }>> {
  if (!isLowRisk(asked.rule)) return refuse({ reason: 'not-low-risk' })
  const roles = await rolesOf(tx, tx.acting)
  if (beyond(roles, [{ rule: asked.rule }]).length > 0) return refuse({ reason: 'needs-role' })

  const before = await heldAlike(tx, asked.rule)
  await lockRecords(
    tx,
    before.map((row) => row.patientId),
  )
  const seen = new Map(asked.entries.map((one) => [one.entryId, one.seen]))
  const rows = (await heldAlike(tx, asked.rule)).filter(
    (row) =>
      seen.get(row.entryId)?.decisionNo === row.decisionNo &&
      seen.get(row.entryId)?.contentHash === row.contentHash,
  )
  for (const [, own] of Map.groupBy(rows, (row) => row.patientId)) await releaseOf(tx, own)
  return accept({ released: rows.length, changed: seen.size - rows.length })
}

async function releaseOf(tx: Decider, rows: readonly AlikeRow[]): Promise<void> {
  const [first] = rows
  if (!first) return
  await addStaffDecisions(
    tx,
    first.patientId,
    rows.map((row) => ({
      entryId: row.entryId,
      contentHash: row.contentHash,
      decisionNo: row.decisionNo + 1,
      outcome: 'released',
      needsTwo: false,
      reasons: [
        ...row.reasons,
        by('staff.released-alike', 'Released with others held for the same rule.'),
      ],
    })),
  )
  await recordEvent(tx, {
    type: 'record.entries-released-alike',
    about: first.patientId,
    details: { entryIds: rows.map((row) => row.entryId), rule: first.reasons[0]?.rule ?? '' },
  })
}
