import { formatDate } from '#kernel/time'
import { Card, SummaryList } from '#platform/html'
import { listOf } from '../domain/lists.ts'
import type { Medicine } from '../domain/medicine.ts'
import type { OrderRules } from '../domain/orderable.ts'
import { medicineRows, type ListedMedicine } from './medicine-facts.tsx'
import {
  formatDays,
  formatNotAskable,
  formatNotOrderable,
  formatReviewDue,
  formatStep,
  rejectWords,
} from './words.ts'

interface CardProps {
  readonly listed: ListedMedicine
  readonly rules: OrderRules
}

/** One medicine: whether and from when it can be ordered, its last order, and what is known of it. */
export function MedicineCard(props: CardProps) {
  const { listed, rules } = props
  const { medicine, decision } = listed
  const overdue = decision?.reviewOverdueSince
  return (
    <Card heading={{ text: medicine.name, level: 3, size: 's' }}>
      <Standing {...props} />
      {decision?.isDoseChanged && (
        <p>
          Your dose has changed since your last supply, so you can order when you need to. Take it
          as it says below.
        </p>
      )}
      {overdue && (
        <p>
          <strong>{formatReviewDue(overdue, rules)}</strong>{' '}
          {decision?.onceForDays === undefined
            ? 'You can still order it.'
            : `You can order it once more, for ${formatDays(decision.onceForDays)} at most.`}{' '}
          Contact your GP surgery to book a medicine review.
        </p>
      )}
      {listed.isTwice && (
        <p>
          This is on your list more than once. Order only what you need, and ask your GP surgery if
          you are not sure.
        </p>
      )}
      <LastRequest {...props} />
      <Asking listed={listed} />
      <SummaryList
        classes="nhsuk-u-margin-bottom-0"
        border={false}
        rows={medicineRows(listed, rules)}
      />
    </Card>
  )
}

/** Why it cannot be ordered, or why it is where it is. */
function Standing({ listed: { medicine, why }, rules }: CardProps) {
  if (!why) return null
  if (listOf(medicine) === 'past') return <p>{pastWords(medicine)}</p>
  if (listOf(medicine) !== 'current') return null
  const { what, next } = formatNotOrderable(why, rules)
  return (
    <p>
      <strong>{what}</strong> {next}
    </p>
  )
}

function pastWords({ status, stoppedOn, stopReason }: Medicine): string {
  if (status === 'completed') return 'This has ended.'
  const when = stoppedOn ? ` on ${formatDate(stoppedOn)}` : ''
  return `This was stopped${when}.${stopReason === undefined ? '' : ` Reason: ${stopReason}.`}`
}

function LastRequest({ listed, rules }: CardProps) {
  const { lastRequest } = listed
  if (!lastRequest || lastRequest.state === 'cancelled') return null
  const href = `/prescriptions/orders/${lastRequest.orderId}`
  const orderedOn = formatDate(lastRequest.requestedAt)
  if (lastRequest.state === 'rejected' && lastRequest.rejectReason) {
    return (
      <p>
        Your order of <a href={href}>{orderedOn}</a> was not approved.{' '}
        {rejectWords[lastRequest.rejectReason].why}
      </p>
    )
  }
  if (!rules.showLastOrdered) return null
  return (
    <p>
      Last ordered on <a href={href}>{orderedOn}</a>. {formatStep(lastRequest.state)}.
    </p>
  )
}

/** How to get a medicine that is not an active repeat: by asking here, or otherwise. */
function Asking({ listed }: { readonly listed: ListedMedicine }) {
  const { medicine, mayAsk, whyNotAsk } = listed
  if (mayAsk) {
    return (
      <p>
        <a href={`/prescriptions/medicines/${medicine.medicationId}/ask`}>
          Ask for this<span class="nhsuk-u-visually-hidden"> {medicine.name}</span>
        </a>
      </p>
    )
  }
  if (!whyNotAsk || whyNotAsk.reason === 'is-repeat') return null
  if (whyNotAsk.reason === 'pharmacy-has-it') return <p>If you need more, ask your pharmacy.</p>
  const { what, next } = formatNotAskable(whyNotAsk)
  return (
    <p>
      {whyNotAsk.reason !== 'not-allowed' && `${what} `}
      {next}
    </p>
  )
}
