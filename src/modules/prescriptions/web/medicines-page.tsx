import { formatDate, type LocalDate } from '#kernel/time'
import { Button, Card, Details, InsetText, Layout, SummaryList } from '#platform/html'
import { decideOrderable, type NotOrderable, type Orderable } from '../domain/orderable.ts'
import type { RequestableMedicine } from '../queries/requests.ts'
import type { PracticeRules } from '../queries/rules.ts'
import { medicineRows, orderRows } from './medicine-facts.tsx'
import { formatNotOrderable, rejectWords } from './words.ts'

interface Props {
  readonly medicines: readonly RequestableMedicine[]
  readonly practice: PracticeRules
  readonly mayOrder: boolean
  readonly today: LocalDate
}

interface Sorted {
  readonly canOrder: readonly (RequestableMedicine & { readonly decision: Orderable })[]
  readonly cannotYet: readonly (RequestableMedicine & { readonly why: NotOrderable })[]
  readonly others: readonly (RequestableMedicine & { readonly why: NotOrderable })[]
}

/** Every medicine the patient is shown: what can be ordered, what cannot yet and why, and the rest. */
export function MedicinesPage(props: Props) {
  const title = 'Your repeat medicines'
  const { canOrder, cannotYet, others } = sort(props)
  const stopped = others.filter(({ medicine }) => medicine.status !== 'active')
  const notRepeat = others.filter(({ medicine }) => medicine.status === 'active')
  return (
    <Layout title={title}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          {!props.mayOrder && <ViewOnly />}
          {props.mayOrder && canOrder.length > 0 && (
            <Button href="/prescriptions/order">Order medicines</Button>
          )}
          <p>
            <a href="/prescriptions/orders">See your orders</a>
          </p>
          {props.medicines.length === 0 && <NothingToShow />}
          <Group {...props} heading="You can order now" medicines={canOrder} />
          <Group {...props} heading="You cannot order yet" medicines={cannotYet} />
          <Group {...props} heading="Other medicines, not ordered here" medicines={notRepeat} />
          <Group {...props} heading="Stopped and past medicines" medicines={stopped} folded />
          <Help phone={props.practice.phone} />
        </div>
      </div>
    </Layout>
  )
}

function sort({ medicines, practice, today }: Props): Sorted {
  const decided = medicines.map((one) => ({
    ...one,
    decision: decideOrderable(one.medicine, one.requests, practice.rules, today),
  }))
  const refused = decided.flatMap(({ decision, ...one }) =>
    decision.ok ? [] : [{ ...one, why: decision.refusal }],
  )
  return {
    canOrder: decided.flatMap(({ decision, ...one }) =>
      decision.ok ? [{ ...one, decision: decision.value }] : [],
    ),
    cannotYet: refused.filter(({ medicine }) => isActiveRepeat(medicine)),
    others: refused.filter(({ medicine }) => !isActiveRepeat(medicine)),
  }
}

function isActiveRepeat(medicine: RequestableMedicine['medicine']): boolean {
  return medicine.type === 'repeat' && medicine.status === 'active'
}

type Listed = RequestableMedicine & {
  readonly decision?: Orderable
  readonly why?: NotOrderable
}

function Group(
  props: Props & {
    readonly heading: string
    readonly medicines: readonly Listed[]
    readonly folded?: boolean
  },
) {
  const { heading, medicines, folded = false } = props
  if (medicines.length === 0) return null
  const cards = medicines.map((one) => (
    <MedicineCard listed={one} practice={props.practice} today={props.today} />
  ))
  return (
    <section>
      <h2 class="nhsuk-heading-m">{heading}</h2>
      {folded ? (
        <Details summary={`Show ${medicines.length === 1 ? '1 medicine' : `${medicines.length} medicines`}`}>
          {cards}
        </Details>
      ) : (
        cards
      )}
    </section>
  )
}

function MedicineCard(props: {
  readonly listed: Listed
  readonly practice: PracticeRules
  readonly today: LocalDate
}) {
  const { medicine, requests, decision, why } = props.listed
  const isRepeat = isActiveRepeat(medicine)
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
      <LastRequest listed={props.listed} />
      <SummaryList
        classes="nhsuk-u-margin-bottom-0"
        rows={[
          ...medicineRows(medicine),
          ...(isRepeat ? orderRows(medicine, requests, props.practice.rules, props.today) : []),
        ]}
      />
    </Card>
  )
}

function Why({ why, stopReason }: { readonly why: NotOrderable; readonly stopReason?: string | undefined }) {
  const { what, next } = formatNotOrderable(why)
  return (
    <p>
      <strong>{what}</strong>
      {stopReason !== undefined && ` Reason: ${stopReason}.`} {next}
    </p>
  )
}

function LastRequest({ listed }: { readonly listed: Listed }) {
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

function ViewOnly() {
  return (
    <InsetText>
      <p>
        You can see medicines here but not order them. Your GP surgery decides this. To order, or to
        have ordering switched on, contact the surgery.
      </p>
    </InsetText>
  )
}

function NothingToShow() {
  return (
    <InsetText>
      <p>
        Nothing to show here. This does not mean that you take no medicines. Your GP surgery may not
        have added them, or may not have checked them for showing online yet.
      </p>
      <p>If you expected to see a medicine, contact your GP surgery.</p>
    </InsetText>
  )
}

/** How to get a medicine without this service. */
export function Help({ phone }: { readonly phone?: string | undefined }) {
  return (
    <section>
      <h2 class="nhsuk-heading-m">If a medicine is missing or you have run out</h2>
      <p>Phone your GP surgery{phone === undefined ? '' : ` on ${phone}`}.</p>
      <p>
        If you have run out and the surgery is closed, use 111.nhs.uk or call 111. They can arrange an
        emergency supply.
      </p>
    </section>
  )
}
