import { daysBetween, localDateOf } from '#kernel/time'
import { BackLink, Button, Form, Layout } from '#platform/html'
import { formatName } from '#modules/directory'
import type { ToTell } from '../../queries/reading/to-tell.ts'
import { formatSubject } from '../subject-words.ts'
import { formatKind } from '../wording.ts'

/** What is released and waits for the patient to be told in person, as they asked. */
export function ToTellPage(props: {
  readonly waiting: readonly ToTell[]
  readonly now: Date
  readonly isStale: boolean
}) {
  const title = 'To tell patients in person'
  return (
    <Layout title={title} before={<BackLink href="/practice/reading" text="What patients see" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.isStale && <p>That was noted already, or has changed since. Look again below.</p>}
      <p>
        These patients asked to hear of such things from a person first. Each is released, and shown
        to them as soon as you note that they were told, or that there is nothing to tell.
      </p>
      {props.waiting.length === 0 ? (
        <p>Nobody waits to be told.</p>
      ) : (
        props.waiting.map((one) => <Waiting one={one} now={props.now} />)
      )}
    </Layout>
  )
}

function Waiting({ one, now }: { readonly one: ToTell; readonly now: Date }) {
  const name = formatName(one)
  const days = daysBetween(localDateOf(one.storedAt), localDateOf(now))
  return (
    <section class="nhsuk-u-margin-bottom-6">
      <h2 class="nhsuk-heading-s">
        {name}: {one.title}
      </h2>
      <p>
        {formatKind(one.kind)}. {days === 0 ? 'Came in today' : `Waits ${days} days`}.{' '}
        {one.isUnread
          ? 'What it is about is being read.'
          : `May touch on: ${one.subjects.map(formatSubject).join('; ')}.`}{' '}
        {one.isSpecial && (
          <strong>
            Read before any contact{one.whenSafe !== undefined && `: “${one.whenSafe}”`}.{' '}
          </strong>
        )}
        Phone: {one.mobile ?? one.phone ?? (one.isSpecial ? 'never' : 'not recorded')}.{' '}
        <a href={`/practice/disclosure/${one.entryId}`}>
          See it
          <span class="nhsuk-u-visually-hidden">
            {' '}
            ({name}, {one.title})
          </span>
        </a>
      </p>
      <Form action={`/practice/to-tell/${one.entryId}`}>
        <input type="hidden" name="contentHash" value={one.contentHash} />
        <Button
          html={
            <>
              Told, or nothing to tell
              <span class="nhsuk-u-visually-hidden">
                : {name}, {one.title}
              </span>
            </>
          }
          variant="secondary"
        />
      </Form>
    </section>
  )
}
