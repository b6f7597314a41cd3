import { formatDate, localDateOf, type LocalDate } from '#kernel/time'
import { InsetText } from '#platform/html'
import { dueBy, isOpen } from '../../domain/item.ts'
import { waitsTooLongFor } from '../../domain/lateness.ts'
import type { Order, OrderedItem } from '../../queries/orders.ts'
import type { PracticeRules } from '../../queries/rules.ts'
import { rejectWords } from '../words.ts'

/** An item with what its news depends on: where it goes, and whom to phone. */
export interface NewsFacts {
  readonly item: OrderedItem
  readonly order: Pick<Order, 'destination' | 'pharmacy'>
  readonly practice: PracticeRules
  readonly today: LocalDate
}

/** What the step of an item means and what to do next: never silence. */
export function ItemNews(facts: NewsFacts) {
  const { item } = facts
  const { approvedQuantity } = item
  return (
    <>
      {isOpen(item.state) ? <OpenNews {...facts} /> : <DecidedNews {...facts} />}
      {approvedQuantity !== undefined && item.state !== 'withdrawn' && (
        <p>Your GP surgery approved {approvedQuantity} this time, which is not the usual amount.</p>
      )}
      {item.patientText !== undefined && (
        <p class="app-free-text">
          <strong>From your GP surgery:</strong> {item.patientText}
        </p>
      )}
      {item.state === 'rejected' && item.rejectReason && (
        <p>
          <strong>What to do next:</strong> {rejectWords[item.rejectReason].next}
        </p>
      )}
      <TooLong {...facts} />
      {item.isClosed && (
        <p>
          Your GP surgery no longer has this on your list of medicines. Ask them if you need it.
        </p>
      )}
    </>
  )
}

/** The day on which an item came to its state. */
function sinceOf({ state, steps, requestedAt }: OrderedItem): LocalDate {
  return localDateOf(steps.findLast((step) => step.state === state)?.at ?? requestedAt)
}

function OpenNews({ item, practice, today }: NewsFacts) {
  const { usualDays, lateAfterDays } = practice.rules
  const requestedOn = localDateOf(item.requestedAt)
  const usually = dueBy(requestedOn, Math.min(usualDays, lateAfterDays))
  if (item.state === 'asked' && item.question === undefined) {
    return (
      <p>
        Your GP surgery asks something that only the patient is shown. It has been waiting for their
        answer since {formatDate(sinceOf(item))}.
      </p>
    )
  }
  if (item.state === 'asked') {
    return (
      <>
        <p class="app-free-text">
          <strong>Your GP surgery asks:</strong> {item.question}
        </p>
        <p>It has been waiting for your answer since {formatDate(sinceOf(item))}.</p>
      </>
    )
  }
  return (
    <p>
      {item.state === 'received' &&
        `Your GP surgery has had this in hand since ${formatDate(sinceOf(item))}. `}
      {item.answer !== undefined && 'It has your answer. '}
      {decidesBy(usually, dueBy(requestedOn, lateAfterDays), today)}
    </p>
  )
}

function decidesBy(usually: LocalDate, atLatest: LocalDate, today: LocalDate): string {
  if (today <= usually) return `Your GP surgery usually decides by ${formatDate(usually)}.`
  if (today > atLatest) return `Your GP surgery should have decided by ${formatDate(atLatest)}.`
  return `Your GP surgery should decide by ${formatDate(atLatest)}.`
}

function DecidedNews(facts: NewsFacts) {
  const { item } = facts
  const on = formatDate(sinceOf(item))
  const [where, who] = placeWords(facts)
  switch (item.state) {
    case 'approved':
      return <p>{approvedWords(facts, on)}</p>
    case 'rejected':
      return (
        <p>
          Your GP surgery did not approve this on {on}.{' '}
          {item.rejectReason && rejectWords[item.rejectReason].why}
        </p>
      )
    case 'cancelled':
      return <p>This was cancelled on {on}. It will not be prescribed.</p>
    case 'withdrawn':
      return (
        <p>
          Your GP surgery cancelled this on {on}, after approving it. It will not be given to you.
          Contact the surgery if you do not know why.
        </p>
      )
    case 'sent':
      return (
        <p>
          The prescription went to {who} on {on}. Allow 2 to 3 working days before you go there.
          This page says when it is ready, if the pharmacy tells us.
        </p>
      )
    case 'with-pharmacy':
      return (
        <p>{`${capital(who)} has had the prescription since ${on}. Allow 2 to 3 working days.`}</p>
      )
    case 'untracked':
      return (
        <p>
          {capital(who)} has had the prescription since {on}. This pharmacy does not tell us when
          medicines are ready. Allow 2 to 3 working days, or phone them before you go.
        </p>
      )
    case 'preparing':
      return <p>{`${capital(who)} has been preparing this since ${on}.`}</p>
    case 'ready-partly':
      return (
        <p>
          Part of this has been ready to collect {where} since {on}. The rest is still being
          prepared.
        </p>
      )
    case 'ready':
      return <p>{`This has been ready to collect ${where} since ${on}.`}</p>
    case 'collected':
      return <p>{`This was collected on ${on}.`}</p>
    case 'dispatched':
      return <p>{`${capital(who)} sent this to you on ${on}.`}</p>
    case 'not-dispensed':
      return (
        <p>
          This was not given out, as of {on}. Ask {who} why. You can order it again if you still
          need it.
        </p>
      )
    default:
      return null
  }
}

function approvedWords(facts: NewsFacts, on: string): string {
  const { item, order, practice } = facts
  const said = `Your GP surgery approved this on ${on}.`
  if (tooLongFor(facts) === 'no-news') return said
  if (item.isOnPaper && order.pharmacy) {
    return `${said} It could not be sent to ${order.pharmacy.name}, so it is a paper prescription for you to collect from ${practice.practiceName} and take there. This page says when it is ready.`
  }
  switch (order.destination) {
    case 'paper':
      return `${said} It prints the prescription for you to collect from ${practice.practiceName}. This page says when it is ready.`
    case 'dispensing-practice':
      return `${said} ${practice.practiceName} gets the medicine ready for you. This page says when you can collect it.`
    default:
      return `${said} The prescription goes to ${order.pharmacy?.name ?? 'the pharmacy'}. This page says when it has been sent.`
  }
}

/** Where a medicine is collected, as in "ready to collect …", and who has it. */
function placeWords({ order, practice, item }: NewsFacts): readonly [string, string] {
  const { destination, pharmacy } = order
  const isAtPractice = destination === 'paper' || destination === 'dispensing-practice'
  const wasSent = item.steps.some((step) => step.state === 'sent')
  if (isAtPractice || (item.state === 'ready' && !wasSent)) {
    return [`at ${practice.practiceName}`, practice.practiceName]
  }
  return pharmacy ? [`at ${pharmacy.name}`, pharmacy.name] : ['at the pharmacy', 'the pharmacy']
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function tooLongFor({ item, practice, today }: NewsFacts) {
  const waiting = {
    state: item.state,
    requestedOn: localDateOf(item.requestedAt),
    since: sinceOf(item),
  }
  return waitsTooLongFor(waiting, practice.rules, today)
}

function TooLong(facts: NewsFacts) {
  const { item, order, practice } = facts
  switch (tooLongFor(facts)) {
    case undefined:
      return null
    case 'practice':
      return (
        <InsetText>
          <p>
            <strong>This is taking longer than it should.</strong> It was ordered on{' '}
            {formatDate(item.requestedAt)} and is still waiting.
          </p>
          <p>
            Phone {practice.practiceName}
            {practice.phone === undefined ? '' : ` on ${practice.phone}`} and ask about your order.
            You do not need to order again.
          </p>
        </InsetText>
      )
    case 'pharmacy':
      return (
        <InsetText>
          <p>
            <strong>There has been no news of this for some days.</strong> Phone{' '}
            {order.pharmacy?.name ?? 'the pharmacy'}
            {order.pharmacy?.phone === undefined ? '' : ` on ${order.pharmacy.phone}`} and ask if it
            is ready. If they do not have it, phone {practice.practiceName}.
          </p>
        </InsetText>
      )
    case 'no-news':
      return (
        <p>
          There has been no more news of this. If you did not get it and still need it, phone{' '}
          {practice.practiceName}
          {practice.phone === undefined ? '' : ` on ${practice.phone}`}.
        </p>
      )
    case 'patient':
      return (
        <InsetText
          text={
            item.state === 'asked'
              ? 'Your GP surgery cannot go on without your answer. If you cannot answer here, phone them.'
              : 'Collect this soon: what is not collected may be put back, and you would have to order again.'
          }
        />
      )
  }
}
