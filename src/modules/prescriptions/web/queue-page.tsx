import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, type LocalDate } from '#kernel/time'
import { Card, InsetText, Layout, NotificationBanner } from '#platform/html'
import { formatName } from '#modules/directory'
import type { OrderRules } from '../domain/orderable.ts'
import { patientsOnPage, type WaitingPatient } from '../queries/queue.ts'
import { Paging } from './paging.tsx'
import { QueueItem } from './queue-item.tsx'

/** What waits for a decision, the longest wait first, by patient, with what is needed to decide. */
export function QueuePage(props: {
  readonly patients: readonly WaitingPatient[]
  readonly rules: OrderRules
  readonly page: number
  readonly mayDecide: boolean
  readonly today: LocalDate
  readonly done?: string | undefined
}) {
  const title = 'Prescription requests'
  const { patients, page } = props
  return (
    <Layout title={title}>
      {props.done !== undefined && <NotificationBanner variant="success" text={props.done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      {!props.mayDecide && (
        <InsetText text="You can see the requests. A prescriber approves or rejects them." />
      )}
      {patients.length === 0 && (
        <InsetText>
          <p>
            {page === 1
              ? 'Nothing is waiting. Requests appear here when patients order, the oldest first.'
              : 'Nothing more is waiting.'}
          </p>
        </InsetText>
      )}
      {patients.slice(0, patientsOnPage).map((patient) => (
        <Card heading={{ text: formatName(patient), level: 2, size: 'm' }}>
          <p>
            Born {formatDate(patient.bornOn)}. NHS number {formatNhsNumber(patient.nhsNumber)}.{' '}
            <a href={`/practice/patients/${patient.patientId}`}>
              Open<span class="nhsuk-u-visually-hidden"> {formatName(patient)}</span>
            </a>
          </p>
          {patient.items.map((item) => (
            <QueueItem item={item} patientName={formatName(patient)} {...props} />
          ))}
        </Card>
      ))}
      <Paging
        path="/practice/prescriptions"
        page={page}
        hasNext={patients.length > patientsOnPage}
      />
    </Layout>
  )
}
