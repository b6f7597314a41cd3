import type { ComponentChildren } from 'preact'
import type { LocalDate } from '#kernel/time'
import { Button, Details, InsetText, Layout } from '#platform/html'
import { decideAskable, repeatNames } from '../domain/askable.ts'
import { listOf, type MedicineList } from '../domain/lists.ts'
import { decideOrderable, type OrderRules } from '../domain/orderable.ts'
import { requestsOfSame, twinsOf } from '../domain/same.ts'
import type { RequestableMedicine } from '../queries/requests.ts'
import type { PracticeRules } from '../queries/rules.ts'
import { Help } from './help.tsx'
import { MedicineCard } from './medicine-card.tsx'
import type { ListedMedicine } from './medicine-facts.tsx'

interface Props {
  readonly medicines: readonly RequestableMedicine[]
  readonly practice: PracticeRules
  readonly mayOrder: boolean
  readonly today: LocalDate
}

/** Every medicine the patient is shown: what can be ordered, what cannot yet and why, and the rest. */
export function MedicinesPage(props: Props) {
  const title = 'Your medicines'
  const { rules } = props.practice
  const lists = Map.groupBy(listed(props), ({ medicine }) => listOf(medicine))
  const current = lists.get('current') ?? []
  const canOrder = current.filter(({ decision }) => decision !== undefined)
  const cannotYet = current.filter(({ decision }) => decision === undefined)
  return (
    <Layout title={title}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          {!props.mayOrder && <ViewOnly />}
          {!rules.orderingOpen && (
            <InsetText text="Your GP surgery is not taking orders online at the moment. Phone or visit it to order." />
          )}
          {props.mayOrder && canOrder.length > 0 && (
            <Button href="/prescriptions/order">Order medicines</Button>
          )}
          <ul class="nhsuk-list">
            <li>
              <a href="/prescriptions/orders">See your orders</a>
            </li>
            <li>
              <a href="/prescriptions/pharmacy">Your nominated pharmacy</a>
            </li>
          </ul>
          {props.medicines.length === 0 && <NothingToShow />}
          <Group rules={rules} heading="You can order now" medicines={canOrder} />
          <Group rules={rules} heading="You cannot order yet" medicines={cannotYet} />
          <Group
            rules={rules}
            heading="Repeat dispensing"
            medicines={lists.get('repeat-dispensing')}
          >
            <p>
              Your GP surgery has already signed the next prescriptions for these. You collect each
              supply from your pharmacy without ordering.
            </p>
          </Group>
          <Group rules={rules} heading="Short-term medicines" medicines={lists.get('acute')}>
            <p>These were prescribed for a time, not to be repeated.</p>
          </Group>
          <Group rules={rules} heading="Past medicines" medicines={lists.get('past')} folded>
            <p>These were stopped, or you finished taking them.</p>
          </Group>
          <Help phone={props.practice.phone} />
        </div>
      </div>
    </Layout>
  )
}

/** Each medicine with what was decided about it: of ordering an active repeat, of asking for others. */
function listed(props: Props): readonly ListedMedicine[] {
  const { medicines, practice, today } = props
  const { rules } = practice
  const names = repeatNames(medicines.map(({ medicine }) => medicine))
  return medicines.map((one) => {
    const { medicine, requests } = one
    const list: MedicineList = listOf(medicine)
    const decision = decideOrderable(medicine, requests, rules, today)
    const asking = decideAskable(medicine, requestsOfSame(one, medicines), { names, rules, today })
    const twins = twinsOf(medicine, medicines)
    return {
      ...one,
      isTwice: list === 'current' && twins.some((twin) => listOf(twin.medicine) === list),
      ...(decision.ok ? { decision: decision.value } : { why: decision.refusal }),
      ...(list !== 'current' &&
        (asking.ok ? { mayAsk: props.mayOrder } : { whyNotAsk: asking.refusal })),
    }
  })
}

function Group(props: {
  readonly heading: string
  readonly rules: OrderRules
  readonly medicines?: readonly ListedMedicine[] | undefined
  readonly folded?: boolean
  readonly children?: ComponentChildren
}) {
  const { heading, medicines = [], folded = false } = props
  if (medicines.length === 0) return null
  const cards = medicines.map((one) => <MedicineCard listed={one} rules={props.rules} />)
  return (
    <section>
      <h2 class="nhsuk-heading-m">{heading}</h2>
      {props.children}
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
