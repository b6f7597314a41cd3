import { formatDayAndTime } from '#kernel/time'
import { BackLink, Button, Layout } from '#platform/html'
import type { DecidingRefusal } from '../domain/deciding.ts'
import type { DecisionRow } from '../queries/review.ts'
import { formatRoles } from './staff-wording.tsx'

/** Told to staff whose decision was not taken: what happened, then what to do next. */
export function NotDecidedPage(props: {
  readonly refusal: DecidingRefusal
  readonly latest: DecisionRow | undefined
  readonly href: string
}) {
  const { refusal, latest, href } = props
  const title = titles[refusal.reason]
  return (
    <Layout
      title={title}
      before={<BackLink href="/practice/disclosure" text="Back to the queue" />}
    >
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{explanation(refusal, latest)}</p>
      <p>Nothing was changed by you.</p>
      <Button text="Look at the entry again" href={href} />
    </Layout>
  )
}

const titles: Readonly<Record<DecidingRefusal['reason'], string>> = {
  'decided-meanwhile': 'Someone else has decided about this entry',
  'content-changed': 'The entry has changed since you read it',
  'family-changed': 'Something that goes with the entry has changed since you read it',
  'marked-by-source': 'This entry is marked in the GP system',
  'needs-role': 'Someone else needs to decide this',
  'same-person': 'A second person has to release this',
  'not-shown': 'This entry is not shown any more',
  'whole-entries-only': 'Your practice shows whole entries only',
  'no-account': 'The patient cannot be asked online',
  'nothing-taken-out': 'Nothing was taken out',
  'nothing-left': 'Nothing would be left to show',
  'not-in-it': 'Some of the words are not in the entry',
}

const outcomes = {
  held: 'held',
  released: 'released',
  withheld: 'withheld',
  hidden: 'hid',
} as const

function explanation(refusal: DecidingRefusal, latest: DecisionRow | undefined): string {
  switch (refusal.reason) {
    case 'decided-meanwhile':
      return latest
        ? `${latest.staffName ?? 'An import'} ${outcomes[latest.outcome]} it on ${formatDayAndTime(latest.decidedAt)}.`
        : 'It was decided while you were reading it.'
    case 'content-changed':
      return 'The GP system sent new content while you were reading it. Read it again before you decide.'
    case 'family-changed':
      return 'What you chose to release with it has new content, or someone else has decided about it. Read it again before you decide.'
    case 'marked-by-source':
      return 'It cannot be released here while it is marked there. Change it in the GP system if the mark is wrong.'
    case 'needs-role':
      return `This takes ${formatRoles(refusal.roles)}. Ask one of them to decide.`
    case 'same-person':
      return 'You were the first to say that it can be shown. Somebody else has to read it and agree.'
    case 'not-shown':
      return 'It was held or withheld before you recalled it, so there is nothing to recall.'
    case 'whole-entries-only':
      return 'An entry is shown whole or not at all here. Practice managers can change this in the settings of disclosure.'
    case 'no-account':
      return 'They have no online account of their own. Ask them by phone or in person, and hide the entry until then.'
    case 'nothing-taken-out':
      return 'Tick what the patient should not see, or write the words. To show all of it, release it.'
    case 'nothing-left':
      return 'What is left says nothing. Withhold or hide the entry instead.'
    case 'not-in-it':
      return `“${refusal.words}” is not in the entry as it is written. Copy the words from the entry.`
  }
}
