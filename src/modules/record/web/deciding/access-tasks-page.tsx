import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDayAndTime } from '#kernel/time'
import { Button, Card, ErrorSummaryFor, Form, Layout, Select } from '#platform/html'
import { formatName } from '#modules/directory'
import type { AccessTask } from '../../queries/review/access-tasks.ts'
import type { WorkCounts } from '../../queries/review/work.ts'
import { DisclosureNav } from './nav.tsx'

/** Patients whose record asks for a review while somebody may see it online. */
export function AccessTasksPage(props: {
  readonly rows: readonly AccessTask[]
  readonly counts: WorkCounts
  /** What was wrong with one form. */
  readonly problem?: { readonly taskId: string; readonly words: string }
}) {
  const { rows, problem } = props
  const title = 'Online access to review now'
  const faults = problem ? [{ field: `c-${problem.taskId}`, message: problem.words }] : []
  return (
    <Layout title={title} hasErrors={faults.length > 0}>
      <ErrorSummaryFor faults={faults} />
      <DisclosureNav current="accessTasks" counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        The record of each of these patients asks for an enhanced review, and somebody had online
        access when it did. Look at who can see what, change it if you must, and then say what
        became of it.
      </p>
      {rows.length === 0 ? (
        <p>Nothing is waiting.</p>
      ) : (
        rows.map((row) => <Task row={row} problem={problem} />)
      )}
    </Layout>
  )
}

function Task(props: {
  readonly row: AccessTask
  readonly problem: { readonly taskId: string; readonly words: string } | undefined
}) {
  const { row, problem } = props
  const path = `/practice/patients/${row.patientId}`
  const id = `c-${row.taskId}`
  return (
    <Card heading={{ text: formatName(row), level: 2, size: 's' }}>
      <p>
        NHS number {formatNhsNumber(row.nhsNumber)}. Asked for since{' '}
        {formatDayAndTime(row.raisedAt)}.
      </p>
      <p>
        <a href={path}>Who can act for {formatName(row)}</a>{' '}
        <a href={`${path}/record/seen-by`}>
          What each of them sees
          <span class="nhsuk-u-visually-hidden"> of {formatName(row)}</span>
        </a>
      </p>
      <Form action={`/practice/disclosure/access/${row.taskId}`} class="app-inline-form">
        <Select
          id={id}
          name="conclusion"
          label={`What became of the access of ${formatName(row)}`}
          {...(problem?.taskId === row.taskId && { errorMessage: problem.words })}
          items={[
            { value: '', text: 'Choose' },
            { value: 'access-kept', text: 'It stays as it is' },
            { value: 'access-lowered', text: 'It was made less' },
            { value: 'access-ended', text: 'It was ended' },
          ]}
        />
        <Button text="Reviewed" variant="secondary" small preventDoubleClick />
      </Form>
    </Card>
  )
}
