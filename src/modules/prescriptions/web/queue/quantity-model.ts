import { localDateOf } from '#kernel/time'
import { NotFound } from '#platform/http'
import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { OrderRules } from '../../domain/orderable.ts'
import { alertKey, alertsOf, type Alert } from '../../domain/queue/alert.ts'
import { mostDaysOf } from '../../domain/queue/approval.ts'
import { amountOf, countForDays } from '../../domain/queue/quantity.ts'
import type { StaffItem } from '../../queries/queue.ts'
import { decisionFacts } from '../../queries/queue/facts.ts'
import { practiceRules } from '../../queries/rules.ts'
import { formatDays } from '../words.ts'

/** What the page for another quantity shows. `unit` is absent where it cannot be changed here. */
export interface QuantityModel {
  readonly alerts: readonly Alert[]
  /** The keys of those alerts, to be sent with the form. */
  readonly seen: string
  readonly unit?: string | undefined
  readonly usual: string
  readonly usualDays: number
  readonly policy: string
  readonly suggested: string
}

/** Reads what approving another quantity of this item needs to show. */
export async function quantityModel(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  item: StaffItem,
): Promise<QuantityModel> {
  const { rules } = await practiceRules(tx)
  const facts = (await decisionFacts(tx, [item], rules)).items.get(item.itemId)
  if (!facts) throw new NotFound()
  const today = localDateOf(tx.now)
  const alerts = alertsOf(facts, rules, today)
  const { medicine } = facts
  const amount = amountOf(medicine?.quantity)
  const mostDays = mostDaysOf(facts, rules, today)
  const most = medicine && mostDays !== undefined ? countForDays(medicine, mostDays) : undefined
  return {
    alerts,
    seen: alerts.map(alertKey).join(' '),
    unit: amount && medicine?.durationDays !== undefined ? amount.unit || 'units' : undefined,
    usual: medicine?.quantity ?? '',
    usualDays: medicine?.durationDays ?? 0,
    policy: policyWords(rules, mostDays),
    suggested: String(most ?? amount?.count ?? ''),
  }
}

function policyWords(rules: OrderRules, mostDays: number | undefined): string {
  if (mostDays !== undefined) {
    return `A review is overdue: your practice allows one supply of at most ${formatDays(mostDays)}.`
  }
  return rules.quantityPolicy === 'lower-only'
    ? 'Your practice’s policy lets it only be lowered here.'
    : `Your practice’s policy lets it be raised here to at most ${formatDays(rules.quantityMaxDays)}.`
}
