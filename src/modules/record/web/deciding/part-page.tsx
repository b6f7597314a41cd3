import { contentHash } from '#kernel/content-hash'
import type { Result } from '#kernel/result'
import {
  BackLink,
  Button,
  Card,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Layout,
  SummaryList,
  Textarea,
} from '#platform/html'
import { formatName } from '#modules/directory'
import {
  sentencesOf,
  type Copied,
  type CopyRefusal,
  type PatientCopy,
} from '../../domain/deciding/patient-copy.ts'
import { previewOf } from '../preview.ts'
import { queryOf } from '../queue-page.tsx'
import { factsOf } from '../reading/entry-facts.tsx'
import type { ReviewModel } from '../review-model.ts'
import { MarkedText } from '../staff-wording.tsx'
import { Seen } from './seen.tsx'

/** Choosing what is taken out of an entry, beside what the patient would see of the rest. */
export function PartPage(props: {
  readonly review: ReviewModel
  readonly copied: Copied
  readonly out: ReadonlySet<string>
  readonly words: string
  /** What is left, once something was chosen, or why there is nothing to show. */
  readonly copy?: Result<PatientCopy, CopyRefusal>
}) {
  const { review, copied, out, words, copy } = props
  const { subject } = review.found
  const path = `/practice/disclosure/${subject.entryId}`
  const reasons = subject.standing?.reasons ?? []
  const faults = copy && !copy.ok ? [{ field: 'out', message: faultOf(copy.refusal) }] : []
  return (
    <Layout
      title={title}
      hasErrors={faults.length > 0}
      before={<BackLink href={`${path}${queryOf(review.filter)}`} text="Back to the entry" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        <strong>{formatName(review.patient)}</strong>. The entry itself is never changed. The
        patient sees only what is left, and nothing says that something was taken out: read the rest
        as they would, and ask yourself what it gives away.
      </p>
      <Form action={`${path}/part`}>
        <Seen {...review} />
        <Checkboxes
          name="out"
          idPrefix="out"
          small
          fieldset={{ legend: { text: 'Take out', size: 'm' } }}
          hint="The same words are taken out wherever they stand in the entry."
          {...(faults[0] && { errorMessage: faults[0].message })}
          items={sentencesOf(copied).map((sentence, place) => ({
            value: String(place),
            html: <MarkedText text={sentence.text} reasons={reasons} />,
            checked: out.has(String(place)),
          }))}
        />
        <Textarea
          name="words"
          label={{ text: 'Also take out these words', size: 's' }}
          hint="As they are written in the entry, one run of words a line."
          rows={3}
          value={words}
        />
        <Button text="See what is left" variant="secondary" name="step" value="look" />
        {copy?.ok && (
          <>
            <Left review={review} copy={copy.value} />
            <input type="hidden" name="left" value={contentHash(copy.value)} />
            <Button text="Release this part" name="step" value="release" preventDoubleClick />
          </>
        )}
      </Form>
    </Layout>
  )
}

const title = 'Release a part of the entry'

function Left({ review, copy }: { readonly review: ReviewModel; readonly copy: PatientCopy }) {
  const preview = review.access && previewOf(review.found.subject, review.access, copy)
  return (
    <Card heading={{ text: 'What the patient would see', level: 2, size: 'm' }}>
      {preview ? (
        <>
          <h3 class="nhsuk-heading-s">{preview.title}</h3>
          <SummaryList rows={factsOf(preview)} />
        </>
      ) : (
        <>
          <p>
            Nothing at their level of access now. That can change, and the decision stays. It would
            be:
          </p>
          <p class="app-free-text">{[copy.title, copy.text].filter(Boolean).join('\n')}</p>
        </>
      )}
    </Card>
  )
}

function faultOf(refusal: CopyRefusal): string {
  switch (refusal.reason) {
    case 'nothing-taken-out':
      return 'Tick or write what the patient should not see'
    case 'nothing-left':
      return 'Leave something to show, or go back and withhold the entry'
    case 'not-in-it':
      return `“${refusal.words}” is not in the entry: copy the words as they are written`
  }
}
