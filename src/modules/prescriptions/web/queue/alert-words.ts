import { formatDate, type LocalDate } from '#kernel/time'
import type { Alert } from '../../domain/queue/alert.ts'
import type { NotInBulk } from '../../domain/queue/bulk.ts'
import type { MonitoringStatus } from '../../domain/queue/monitoring.ts'
import type { Use } from '../../domain/queue/use.ts'
import { formatDays } from '../words.ts'

/** An alert for staff: a few words, and what is behind them. */
export interface AlertWords {
  readonly tag: string
  readonly about?: string
}

/** What an alert says to whoever decides. */
export function formatAlert(alert: Alert): AlertWords {
  switch (alert.alert) {
    case 'monitoring-due':
      return { tag: 'Monitoring due', about: formatMonitoring(alert.monitoring) }
    case 'over-use':
      return { tag: 'Used faster than prescribed', about: formatUse(alert.use) }
    case 'under-use':
      return { tag: 'Used slower than prescribed', about: formatUse(alert.use) }
    case 'too-early':
      return { tag: 'Too early', about: `Due from ${formatDate(alert.from)}` }
    case 'same-requested':
      return {
        tag: 'The same medicine twice',
        about: `${alert.same.isApproved ? 'Approved' : 'Also asked for'} on ${formatDate(alert.same.since)} from another entry of the record`,
      }
    case 'review-overdue':
      return { tag: 'Review overdue', about: `Since ${formatDate(alert.since)}` }
    case 'reduced-already':
      return {
        tag: 'Supplied once since the review was due',
        about: 'Your practice allows one smaller supply, and there was one',
      }
    case 'not-issued-recently':
      return { tag: 'Not issued for 6 months', about: `Last on ${formatDate(alert.lastOn)}` }
    case 'allergy-stated':
      return { tag: 'Allergy in the record', about: alert.allergy.title }
    case 'caution-stated':
      return { tag: 'The record speaks of it', about: alert.caution.words }
    default:
      return { tag: plainTags[alert.alert] }
  }
}

type PlainAlert = Exclude<
  Alert['alert'],
  | 'monitoring-due'
  | 'over-use'
  | 'under-use'
  | 'too-early'
  | 'same-requested'
  | 'review-overdue'
  | 'reduced-already'
  | 'not-issued-recently'
  | 'allergy-stated'
  | 'caution-stated'
>

const plainTags: Readonly<Record<PlainAlert, string>> = {
  'not-in-record': 'No longer in the record: it cannot be approved',
  'not-current': 'No longer an active repeat: it cannot be approved',
  'no-issues-left': 'No issues left',
  'dose-changed': 'Dose changed since the last issue',
  'short-term': 'Not a repeat: asked for as a short-term medicine',
  'always-review': 'A clinician always looks at this',
  controlled: 'Controlled drug',
  specialist: 'Specialist or hospital item',
  'hidden-online': 'Not for ordering online',
  'needs-conversation': 'Speak to the patient first',
}

/** Alerts that everyone who triages may see; the others tell of the record. */
const plainForTriage = new Set<Alert['alert']>([
  'not-in-record',
  'not-current',
  'no-issues-left',
  'too-early',
  'same-requested',
  'review-overdue',
  'reduced-already',
  'short-term',
  'needs-conversation',
  'hidden-online',
])

/** Whether somebody who may not decide is shown an alert, or only that there is one. */
export function isForTriage({ alert }: Alert): boolean {
  return plainForTriage.has(alert)
}

/** How supplies compare with the days they were for. */
export function formatUse(use: Use): string {
  const { suppliedDays, elapsedDays, percent, since } = use
  return `${formatDays(suppliedDays)} supplied in ${formatDays(elapsedDays)} since ${formatDate(since)}: ${percent} %`
}

/** How the monitoring of a medicine stands. */
export function formatMonitoring({ test, lastOn, dueOn, days }: MonitoringStatus): string {
  if (lastOn === undefined || dueOn === undefined) {
    return `${test}: no result or date known; needed every ${formatDays(days)}`
  }
  return `${test}: last ${formatDate(lastOn)}, next due ${formatDate(dueOn)}`
}

/** Why an item is decided by itself. */
export const aloneWords: Readonly<Record<NotInBulk, string>> = {
  'switched-off': 'Your practice approves one at a time.',
  alert: 'There is an alert.',
  flag: 'Your practice has flagged this medicine.',
  note: 'The patient wrote a note.',
  words: 'Something was asked or said about it.',
  'not-repeat': 'It is not an active repeat.',
  'review-not-in-date': 'Its review is not known to be in date.',
  'supply-unknown': 'Its last supply is not known.',
}

/** One supply, with the time since the one before. */
export function formatIssue(issue: {
  readonly on: LocalDate
  readonly days?: number | undefined
  readonly afterDays?: number | undefined
}): string {
  const lasts = issue.days === undefined ? '' : ` for ${formatDays(issue.days)}`
  const after = issue.afterDays === undefined ? '' : `, after ${formatDays(issue.afterDays)}`
  return `${formatDate(issue.on)}${lasts}${after}`
}
