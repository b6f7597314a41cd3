import type { LocalDate } from '#kernel/time'
import { Button, Details, InsetText, Layout } from '#platform/html'
import { decideOrderable, type NotOrderable, type Orderable } from '../domain/orderable.ts'
import type { RequestableMedicine } from '../queries/requests.ts'
import type { PracticeRules } from '../queries/rules.ts'
import { Help } from './help.tsx'
import { MedicineCard, type ListedMedicine } from './medicine-card.tsx'

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

function Group(
  props: Props & {
    readonly heading: string
    readonly medicines: readonly ListedMedicine[]
    readonly folded?: boolean
  },
) {
  const { heading, medicines, folded = false } = props
  if (medicines.length === 0) return null
  const cards = medicines.map((one) => <MedicineCard listed={one} />)
  return (
    <section>
      <h2 class="nhsuk-heading-m">{heading}</h2>
      {folded ? (
        <Details
          summary={`Show ${medicines.length === 1 ? '1 medicine' : `${medicines.length} medicines`}`}
        >
          {cards}
        </Details>
      ) : (
        cards
      )}
    </section>
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
