import { formatDate } from '#kernel/time'
import { Card, SummaryList } from '#platform/html'
import type { NotOrderable, Orderable } from '../domain/orderable.ts'
import type { RequestableMedicine } from '../queries/requests.ts'
import { issueRows, medicineRows } from './medicine-facts.tsx'
import { formatNotOrderable, rejectWords } from './words.ts'

/** A medicine with what was decided about ordering it now: one of the two is there. */
export type ListedMedicine = RequestableMedicine & {
  readonly decision?: Orderable
  readonly why?: NotOrderable
}

/** One medicine: whether and from when it can be ordered, its last order, and what is known of it. */
export function MedicineCard({ listed }: { readonly listed: ListedMedicine }) {
  const { medicine, requests, decision, why } = listed
  const isRepeat = medicine.type === 'repeat' && medicine.status === 'active'
  const overdue = decision?.reviewOverdueSince
  return (
    <Card heading={{ text: medicine.name, level: 3, size: 's' }}>
      {why && <Why why={why} stopReason={medicine.stopReason} />}
      {overdue && (
        <p>
          <strong>A review of this medicine was due on {formatDate(overdue)}.</strong> You can still
          order it. Contact your GP surgery to book a medicine review.
        </p>
      )}
      <LastRequest listed={listed} />
      <SummaryList
        classes="nhsuk-u-margin-bottom-0"
        border={false}
        rows={[...medicineRows(medicine), ...(isRepeat ? issueRows(medicine, requests) : [])]}
      />
    </Card>
  )
}

function Why({
  why,
  stopReason,
}: {
  readonly why: NotOrderable
  readonly stopReason?: string | undefined
}) {
  const { what, next } = formatNotOrderable(why)
  return (
    <p>
      <strong>{what}</strong>
      {stopReason !== undefined && ` Reason: ${stopReason}.`} {next}
    </p>
  )
}

function LastRequest({ listed }: { readonly listed: ListedMedicine }) {
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
  return (
    <p>
      Last ordered on <a href={href}>{orderedOn}</a>
      {lastRequest.state === 'approved' ? ': approved' : ': waiting for your GP surgery'}
    </p>
  )
}
