import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate } from '#kernel/time'
import { BackLink, Button, Form, Layout, Select, Table } from '#platform/html'
import { formatName, type Patient } from '#modules/directory'
import type { EntryKind } from '../domain/entry.ts'
import type { StaffEntryRow } from '../queries/staff-record.ts'
import { queueKinds } from './queue-page.tsx'
import { Pages } from './reading/record-frame.tsx'
import { formatMarkers, formatState } from './staff-wording.tsx'
import { formatKind, formatWhen } from './wording.ts'

/** The whole record for staff: every entry, whether the patient sees it, and why or why not. */
export function StaffRecordPage(props: {
  readonly patient: Patient
  readonly rows: readonly StaffEntryRow[]
  readonly kind: EntryKind | undefined
  readonly page: number
  readonly hasMore: boolean
  readonly mayDecide: boolean
}) {
  const { patient, rows, kind, mayDecide } = props
  const title = `Health record of ${formatName(patient)}`
  const path = `/practice/patients/${patient.patientId}/record`
  return (
    <Layout
      title={title}
      before={
        <BackLink href={`/practice/patients/${patient.patientId}`} text="Back to the patient" />
      }
    >
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        NHS number {formatNhsNumber(patient.nhsNumber)}, born {formatDate(patient.bornOn)}
      </p>
      <p>
        <a href={`${path}/as-patient`}>See the record exactly as the patient sees it</a>
      </p>
      <p>
        <a href={`${path}/seen-by`}>Who sees what, entry by entry, and why</a>
      </p>
      <p>
        <a href={`${path}/transfer`}>The record for another practice, with labels</a>
      </p>
      <Form action={path} method="get" class="app-inline-form">
        <Select
          name="kind"
          label="Kind"
          value={kind}
          items={[
            { value: '', text: 'All kinds' },
            ...queueKinds.map((one) => ({ value: one, text: formatKind(one) })),
          ]}
        />
        <Button text="Show" variant="secondary" />
      </Form>
      {rows.length === 0 ? (
        <p>Nothing is stored here.</p>
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Entries, newest first', classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'Dated' },
            { text: 'Kind' },
            { text: 'Entry' },
            { text: 'For the patient' },
            { text: 'Why' },
          ]}
          rows={rows.map((row) => [
            { text: formatWhen(row) },
            { text: formatKind(row.kind) },
            { html: <Entry row={row} mayDecide={mayDecide} /> },
            { text: formatState(row) },
            {
              text:
                row.markers.length > 0
                  ? `${formatMarkers(row.markers)}.`
                  : (row.reasons ?? []).map((reason) => reason.why).join(' '),
            },
          ])}
        />
      )}
      <Pages
        page={props.page}
        hasMore={props.hasMore}
        href={(page) => `${path}?${kind ? `kind=${kind}&` : ''}page=${page}`}
      />
    </Layout>
  )
}

function Entry({ row, mayDecide }: { readonly row: StaffEntryRow; readonly mayDecide: boolean }) {
  const value = [row.valueNumber, row.valueText, row.unit]
    .filter((part) => part !== undefined)
    .join(' ')
  return (
    <>
      {mayDecide && !row.isClosed ? (
        <a href={`/practice/disclosure/${row.entryId}`}>{row.title}</a>
      ) : (
        row.title
      )}
      {value && `: ${value}`}
      {row.text && (
        <span class="app-free-text">
          <br />
          {row.text}
        </span>
      )}
    </>
  )
}

/** Told where nobody sees this patient's record online. */
export function NobodySeesPage({ patient }: { readonly patient: Patient }) {
  const title = `${formatName(patient)} cannot see their record online`
  return (
    <Layout
      title={title}
      before={
        <BackLink
          href={`/practice/patients/${patient.patientId}/record`}
          text="Back to the record"
        />
      }
    >
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>They have no online access to their health record, or the practice does not offer it.</p>
    </Layout>
  )
}
