import { formatDayAndTime } from '#kernel/time'
import { Button, Layout } from '#platform/html'
import type { NotDecided } from '../commands/decide-item.ts'
import { formatState } from './words.ts'

/** Told to staff whose decision was not taken: what happened instead, and who did it. */
export function NotDecidedPage(props: { readonly refusal: NotDecided; readonly page: number }) {
  const { title, what } = wording(props.refusal)
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{what}</p>
      <p>Your decision was not saved.</p>
      <Button href={`/practice/prescriptions?page=${props.page}`}>
        Back to prescription requests
      </Button>
    </Layout>
  )
}

function wording(refusal: NotDecided): {
  readonly title: string
  readonly what: string
} {
  switch (refusal.reason) {
    case 'already-decided': {
      const at = refusal.at ? ` on ${formatDayAndTime(refusal.at)}` : ''
      return refusal.state === 'cancelled'
        ? { title: 'The patient has cancelled this', what: `It was cancelled${at}.` }
        : {
            title: 'Someone has already decided this',
            what: `${refusal.by ?? 'A colleague'} ${formatState(refusal.state)} it${at}.`,
          }
    }
    case 'changed':
      return {
        title: 'This request has changed',
        what: 'It changed after you opened it. Look at it again before you decide.',
      }
    case 'not-current':
      return {
        title: 'This medicine cannot be approved',
        what: 'The record no longer has it as an active repeat medicine. You can reject the request.',
      }
  }
}
