import { recordEvent } from '#platform/audit'
import type { SystemProof, Tx } from '#platform/db'
import { ownPractice } from '#modules/directory'
import { ownSupplier, sameFigures, type SummaryCounts } from '../../domain/figures/figures.ts'
import { figuresFrom, summaryFrom, type Counted } from '../../domain/figures/from-counts.ts'
import { notTold } from '../../domain/geography/geography.ts'
import type { Month } from '../../domain/months/month.ts'
import {
  activePeople,
  appointmentCounts,
  offeredCounts,
  orderCounts,
  recordCounts,
} from '../../queries/counting/doings.ts'
import { lastOwnRevision, practicePlaceAt } from '../../queries/counting/own-months.ts'
import {
  enabledCounts,
  newlyEnabled,
  practiceSwitchesAt,
  type PracticeSwitches,
} from '../../queries/counting/people.ts'
import { countEquity } from './count-equity.ts'
import { writeMonths } from './write-months.ts'

/** What became of a month: counted first, corrected, as it was, or from before the practice began. */
export type Closing = 'closed' | 'corrected' | 'unchanged' | 'not-begun'

/**
 * Counts a month of the practice from the events themselves and keeps the figures. Where the month
 * was closed before and something came late or was put right, the new figures are the next revision;
 * where nothing differs, nothing is written.
 */
export async function closeMonth(tx: Tx<SystemProof>, month: Month): Promise<Closing> {
  const on = await practiceSwitchesAt(tx, month)
  if (!on) return 'not-begun'
  const [counted, place, practice, last] = await Promise.all([
    countMonth(tx, month, on),
    practicePlaceAt(tx, month),
    ownPractice(tx),
    lastOwnRevision(tx, month, ownSupplier),
    countEquity(tx, month, on),
  ])
  const figures = figuresFrom(counted)
  const summary = summaryFrom(counted)
  if (last && sameFigures(last, figures) && sameSummary(last.summary, summary)) return 'unchanged'

  const revision = (last?.revision ?? 0) + 1
  await writeMonths(tx, [
    {
      practice: tx.acting.practice,
      month,
      supplier: ownSupplier,
      revision,
      source: 'events',
      reason: last ? 'late' : 'closed',
      practiceName: (place?.name ?? practice?.name ?? tx.acting.practice).toUpperCase(),
      subIcbCode: place?.subIcbCode ?? notTold,
      figures,
      summary,
    },
  ])
  await recordEvent(tx, { type: 'uptake.month-counted', details: { month, revision } })
  return last ? 'corrected' : 'closed'
}

async function countMonth(
  tx: Tx<SystemProof>,
  month: Month,
  on: PracticeSwitches,
): Promise<Counted> {
  const [enabled, newEnabled, active, appointments, offered, prescriptions, record] =
    await Promise.all([
      enabledCounts(tx, month, on),
      newlyEnabled(tx, month),
      activePeople(tx, month),
      appointmentCounts(tx, month),
      offeredCounts(tx, month),
      orderCounts(tx, month),
      recordCounts(tx, month),
    ])
  return { on, enabled, newEnabled, active, appointments, offered, prescriptions, record }
}

function sameSummary(last: SummaryCounts | undefined, summary: SummaryCounts): boolean {
  return Object.entries(summary).every(([name, count]) => last?.[name] === count)
}
