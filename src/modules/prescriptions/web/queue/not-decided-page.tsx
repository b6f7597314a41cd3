import { formatDayAndTime } from '#kernel/time'
import { Button, Layout } from '#platform/html'
import type { NotDecided } from '../../commands/decide-item.ts'
import type { HandOutRefusal } from '../../commands/queue/hand-out.ts'
import type { PassOnRefusal } from '../../commands/queue/pass-on.ts'
import { formatDays, formatState } from '../words.ts'
import { formatAlert } from './alert-words.ts'
import { queuePath, type BackTo } from './reject-form.ts'

/** Everything that can keep staff from doing something with an item that is there. */
export type StaffRefusal = Exclude<
  NotDecided | HandOutRefusal | PassOnRefusal,
  { readonly reason: 'not-found' }
>

/** Told to staff whose press changed nothing: what happened instead, who did it, what to do. */
export function NotDecidedPage(props: BackTo & { readonly refusal: StaffRefusal }) {
  const { title, what } = refusalWords(props.refusal)
  const { refusal } = props
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{what}</p>
      {refusal.reason === 'alerts-unseen' && (
        <ul>
          {refusal.alerts.map(formatAlert).map(({ tag, about }) => (
            <li>
              {tag}
              {about !== undefined && `: ${about}`}
            </li>
          ))}
        </ul>
      )}
      <p>What you pressed was not saved.</p>
      <Button href={queuePath(props)}>Back to prescription requests</Button>
    </Layout>
  )
}

/** What happened, in a title and a sentence or two. */
export function refusalWords(refusal: StaffRefusal): {
  readonly title: string
  readonly what: string
} {
  switch (refusal.reason) {
    case 'already-decided':
      return decidedWords(refusal)
    case 'changed':
      return { title: 'This request has changed', what: changedWords(refusal) }
    case 'not-current':
      return {
        title: 'This medicine cannot be approved',
        what: 'The record no longer has it as an active repeat medicine. You can reject the request.',
      }
    case 'alerts-unseen':
      return {
        title: 'Look at this request again',
        what: 'There is something about it that you were not shown when you approved it:',
      }
    case 'reduce-first':
      return {
        title: 'Only a smaller supply can be approved',
        what: `A review is overdue. Your practice allows one supply of at most ${formatDays(refusal.maxDays)} until it is done.`,
      }
    case 'quantity-unclear':
    case 'quantity-raised':
    case 'quantity-too-long':
      return { title: 'This quantity cannot be approved', what: quantityWords(refusal) }
    case 'with-a-pharmacy':
      return {
        title: 'A pharmacy has this',
        what: 'It is not handed out here. The pharmacy says itself how it goes on.',
      }
    case 'no-such-colleague':
      return {
        title: 'It cannot be passed on to this colleague',
        what: 'They do not work here any more, or may not take prescription requests.',
      }
  }
}

/** Why a quantity cannot be, and which can. */
export function quantityWords(
  refusal: Extract<
    StaffRefusal,
    { readonly reason: 'quantity-unclear' | 'quantity-raised' | 'quantity-too-long' }
  >,
): string {
  switch (refusal.reason) {
    case 'quantity-unclear':
      return 'The record does not say the usual quantity as a number with how long it lasts, so it cannot be changed here. Change it in the record.'
    case 'quantity-raised':
      return 'Your practice’s policy lets a quantity only be lowered here'
    case 'quantity-too-long':
      return `This would last longer than ${formatDays(refusal.maxDays)}, the most that is allowed`
  }
}

function decidedWords(refusal: Extract<StaffRefusal, { readonly reason: 'already-decided' }>) {
  const at = refusal.at ? ` on ${formatDayAndTime(refusal.at)}` : ''
  return refusal.state === 'cancelled'
    ? { title: 'The patient has cancelled this', what: `It was cancelled${at}.` }
    : {
        title: 'Someone has already decided this',
        what: `${refusal.by ?? 'A colleague'} ${formatState(refusal.state)} it${at}.`,
      }
}

function changedWords({
  state,
  by,
  at,
}: Extract<StaffRefusal, { readonly reason: 'changed' }>): string {
  const when = at ? ` on ${formatDayAndTime(at)}` : ''
  const again = 'Look at it again before you decide.'
  if (state === 'asked') return `${by ?? 'A colleague'} asked the patient about it${when}. ${again}`
  if (by !== undefined) return `${by} has it in hand${when && `, taken${when}`}. ${again}`
  if (at) return `The patient answered what was asked${when}. ${again}`
  return `It changed after you opened it. ${again}`
}
