import { addMonths, type LocalDate } from '#kernel/time'
import type { Medicine } from '../medicine.ts'
import {
  decideOrderable,
  isReviewInTheWay,
  reviewOverdueSince,
  type OrderRules,
} from '../orderable.ts'
import type { SameRequest } from '../same.ts'
import type { PastRequest } from '../supply.ts'
import type { MedicineFlag } from './flag.ts'
import type { MonitoringStatus } from './monitoring.ts'
import type { Allergy, Caution } from './stated.ts'
import type { Use } from './use.ts'

/** What speaks for looking twice before a request is approved. */
export type Alert =
  | { readonly alert: 'not-in-record' | 'not-current' | 'no-issues-left' | 'dose-changed' }
  | { readonly alert: 'short-term' | 'always-review' | 'controlled' | 'specialist' }
  | { readonly alert: 'hidden-online' | 'needs-conversation' }
  | { readonly alert: 'too-early'; readonly from: LocalDate }
  | { readonly alert: 'same-requested'; readonly same: SameRequest }
  | { readonly alert: 'review-overdue'; readonly since: LocalDate }
  | { readonly alert: 'reduced-already'; readonly since: LocalDate }
  | { readonly alert: 'not-issued-recently'; readonly lastOn: LocalDate }
  | { readonly alert: 'over-use' | 'under-use'; readonly use: Use }
  | { readonly alert: 'monitoring-due'; readonly monitoring: MonitoringStatus }
  | { readonly alert: 'allergy-stated'; readonly allergy: Allergy }
  | { readonly alert: 'caution-stated'; readonly caution: Caution }

/** Everything that is known of one requested medicine when it is decided. */
export interface DecisionFacts {
  /** Absent where the record has it no more. */
  readonly medicine?: Medicine | undefined
  readonly kind: 'repeat' | 'acute'
  /** Earlier requests for it that are decided. */
  readonly decided: readonly PastRequest[]
  /** Waiting or on its way under another entry of the record. */
  readonly same?: SameRequest | undefined
  readonly flags: readonly MedicineFlag[]
  readonly use?: Use | undefined
  readonly monitoring: readonly MonitoringStatus[]
  /** What of the record names this medicine. */
  readonly allergies: readonly Allergy[]
  readonly cautions: readonly Caution[]
}

/** Longer ago than this is not recent. Source: DOMAIN RX-7. */
const notRecentMonths = 6

/** What speaks against approving, the weightiest first. None means that nothing known does. */
export function alertsOf(
  facts: DecisionFacts,
  rules: OrderRules,
  today: LocalDate,
): readonly Alert[] {
  const { medicine } = facts
  if (!medicine) return [{ alert: 'not-in-record' }]
  if (facts.kind === 'repeat' && !isActiveRepeat(medicine)) return [{ alert: 'not-current' }]
  return [
    ...facts.allergies.map((allergy) => ({ alert: 'allergy-stated' as const, allergy })),
    ...facts.cautions.map((caution) => ({ alert: 'caution-stated' as const, caution })),
    ...flagAlerts(facts.flags),
    ...facts.monitoring
      .filter((one) => one.isDue)
      .map((monitoring) => ({ alert: 'monitoring-due' as const, monitoring })),
    ...(facts.same ? [{ alert: 'same-requested' as const, same: facts.same }] : []),
    ...useAlerts(facts.use),
    ...(facts.kind === 'acute'
      ? [{ alert: 'short-term' as const }]
      : supplyAlerts(medicine, facts, rules, today)),
  ]
}

/** Whether it is a repeat medicine that the patient takes now. */
export function isActiveRepeat(medicine: Pick<Medicine, 'type' | 'status'> | undefined): boolean {
  return medicine?.type === 'repeat' && medicine.status === 'active'
}

/**
 * One word for each alert that tells it from others of the same item, so that an approval can say
 * which ones the person was shown.
 */
export function alertKey(alert: Alert): string {
  switch (alert.alert) {
    case 'monitoring-due':
      return `${alert.alert}:${alert.monitoring.flagId}`
    case 'caution-stated':
      return `${alert.alert}:${alert.caution.entryId}`
    case 'allergy-stated':
      return `${alert.alert}:${alert.allergy.title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`
    default:
      return alert.alert
  }
}

function flagAlerts(flags: readonly MedicineFlag[]): readonly Alert[] {
  const some = (has: (flag: MedicineFlag) => boolean, alert: Alert) =>
    flags.some(has) ? [alert] : []
  return [
    ...some((flag) => flag.isControlled, { alert: 'controlled' }),
    ...some((flag) => flag.isSpecialist, { alert: 'specialist' }),
    ...some((flag) => flag.needsConversation, { alert: 'needs-conversation' }),
    ...some((flag) => flag.hiddenOnline, { alert: 'hidden-online' }),
    ...some((flag) => flag.alwaysReview, { alert: 'always-review' }),
  ]
}

function useAlerts(use: Use | undefined): readonly Alert[] {
  if (!use || use.kind === 'as-expected') return []
  return [{ alert: use.kind === 'over' ? 'over-use' : 'under-use', use }]
}

function supplyAlerts(
  medicine: Medicine,
  { decided }: DecisionFacts,
  rules: OrderRules,
  today: LocalDate,
): readonly Alert[] {
  // Asked as if its own request were not there, and as if no rule kept patients from ordering.
  const plain = { ...medicine, needsConversation: undefined, isHiddenOnline: undefined }
  const asked = { ...rules, reviewOverdue: 'allow-with-warning' as const, orderingOpen: true }
  const decision = decideOrderable(plain, decided, asked, today)
  const overdue = reviewOverdueSince(medicine, today)
  const { lastIssuedOn } = medicine
  return [
    ...(!decision.ok && decision.refusal.reason === 'too-early'
      ? [{ alert: 'too-early' as const, from: decision.refusal.from }]
      : []),
    ...(!decision.ok && decision.refusal.reason === 'no-issues-left'
      ? [{ alert: 'no-issues-left' as const }]
      : []),
    ...(medicine.isDoseChanged ? [{ alert: 'dose-changed' as const }] : []),
    ...(overdue === undefined ? [] : [{ alert: 'review-overdue' as const, since: overdue }]),
    ...(overdue !== undefined &&
    rules.reviewOverdue === 'allow-once-reduced' &&
    isReviewInTheWay(medicine, decided, rules)
      ? [{ alert: 'reduced-already' as const, since: overdue }]
      : []),
    ...(lastIssuedOn !== undefined && addMonths(lastIssuedOn, notRecentMonths) < today
      ? [{ alert: 'not-issued-recently' as const, lastOn: lastIssuedOn }]
      : []),
  ]
}
