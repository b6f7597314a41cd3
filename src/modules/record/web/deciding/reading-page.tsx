import { formatDate, formatDayAndTime } from '#kernel/time'
import { Button, ErrorSummaryFor, Form, Layout, Radios, SummaryList } from '#platform/html'
import { formatName } from '#modules/directory'
import { recallCauses } from '../../domain/deciding/recall.ts'
import type { SecondReading } from '../../queries/review/second-readings.ts'
import type { WorkCounts } from '../../queries/review/work.ts'
import { previewOf } from '../preview.ts'
import { factsOf } from '../reading/entry-facts.tsx'
import type { ReviewModel } from '../review-model.ts'
import { formatKind } from '../wording.ts'
import { DisclosureNav } from './nav.tsx'
import { Seen } from './seen.tsx'

/** One release to be read a second time, as the patient sees it. */
export function ReadingPage(props: {
  readonly counts: WorkCounts
  readonly next?: SecondReading
  readonly review?: ReviewModel
  readonly problem?: string
}) {
  const { next, review, problem } = props
  const title = 'Read again what was released'
  const faults = problem === undefined ? [] : [{ field: 'verdict', message: problem }]
  return (
    <Layout title={title} hasErrors={faults.length > 0}>
      <ErrorSummaryFor faults={faults} />
      <DisclosureNav current="readings" counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Some of what rules release is read by a person as well, and so is what people released where
        new rules doubt it. What you find unsafe is recalled at once.
      </p>
      {next && review ? (
        <One next={next} review={review} problem={problem} />
      ) : (
        <p>Nothing is waiting.</p>
      )}
    </Layout>
  )
}

function One(props: {
  readonly next: SecondReading
  readonly review: ReviewModel
  readonly problem: string | undefined
}) {
  const { next, review, problem } = props
  const { subject } = review.found
  const shown = review.access && previewOf(subject, review.access, subject.standing?.patientCopy)
  const { entry } = subject
  return (
    <div id="decide" class="app-decide" tabIndex={-1} data-keys="">
      <h2 class="nhsuk-heading-m">
        {formatKind(entry.kind)}: {entry.title}
      </h2>
      <p>
        <strong>{formatName(review.patient)}</strong>, born {formatDate(review.patient.bornOn)}.{' '}
        {next.why === 'sample' ? 'One of the sample' : 'New rules doubt it'}, since{' '}
        {formatDayAndTime(next.pickedAt)}. {next.waiting === 1 ? '1 waits' : `${next.waiting} wait`}
        . <a href={`/practice/disclosure/${subject.entryId}`}>All about this entry</a>
      </p>
      {shown ? (
        <SummaryList rows={factsOf(shown)} />
      ) : (
        <p class="app-free-text">{[entry.title, entry.text].filter(Boolean).join('\n')}</p>
      )}
      <Form action={`/practice/disclosure/readings/${subject.entryId}`}>
        <Seen {...review} />
        <Button
          text="It is safe"
          name="verdict"
          value="safe"
          preventDoubleClick
          attributes={{ 'data-key': 's' }}
        />
        <p class="nhsuk-hint app-keys-hint">Key, while you are on the entry: s it is safe.</p>
      </Form>
      <Form action={`/practice/disclosure/readings/${subject.entryId}`}>
        <Seen {...review} />
        <Radios
          name="verdict"
          small
          fieldset={{ legend: { text: 'It should not have been shown', size: 's' } }}
          {...(problem !== undefined && { errorMessage: problem })}
          items={Object.entries(recallCauses)
            .filter(([value]) => value !== 'patient-asked')
            .map(([value, text]) => ({ value, text }))}
        />
        <Button text="Recall" variant="warning" preventDoubleClick />
      </Form>
    </div>
  )
}
