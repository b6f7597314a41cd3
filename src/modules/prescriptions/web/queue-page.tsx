import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, type LocalDate } from '#kernel/time'
import { InsetText, Layout, NotificationBanner } from '#platform/html'
import { formatName } from '#modules/directory'
import type { OrderRules } from '../domain/orderable.ts'
import { patientsOnPage, type WaitingItem, type WaitingPatient } from '../queries/queue.ts'
import { Paging } from './paging.tsx'
import { QueueTable } from './queue-table.tsx'

interface Props {
  readonly patients: readonly WaitingPatient[]
  readonly rules: OrderRules
  readonly page: number
  readonly mayDecide: boolean
  readonly today: LocalDate
  readonly done?: string | undefined
}

/** What waits for a decision, the longest wait first, by patient, with what is needed to decide. */
export function QueuePage(props: Props) {
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
        <PatientRequests patient={patient} {...props} />
      ))}
      <Paging
        path="/practice/prescriptions"
        page={page}
        hasNext={patients.length > patientsOnPage}
      />
    </Layout>
  )
}

function PatientRequests(props: Props & { readonly patient: WaitingPatient }) {
  const { patient } = props
  const name = formatName(patient)
  const orders = [...Map.groupBy(patient.items, (item) => item.orderId).values()]
  return (
    <section>
      <h2 class="nhsuk-heading-m nhsuk-u-margin-bottom-2">{name}</h2>
      <p class="nhsuk-u-margin-bottom-2">
        Born {formatDate(patient.bornOn)}. NHS number {formatNhsNumber(patient.nhsNumber)}.{' '}
        <a href={`/practice/patients/${patient.patientId}`}>
          Open<span class="nhsuk-u-visually-hidden"> {name}</span>
        </a>
      </p>
      {orders.map(([item]) => item && <OrderNote item={item} />)}
      <QueueTable {...props} items={patient.items} patientName={name} />
    </section>
  )
}

/** What came with an order: the note, and that a proxy made it. */
function OrderNote({ item }: { readonly item: WaitingItem }) {
  if (item.note === '' && item.orderedBy === 'patient') return null
  return (
    <p class="nhsuk-u-margin-bottom-2">
      Ordered on {formatDate(item.requestedAt)}
      {item.orderedBy === 'proxy' && ' by someone acting for the patient'}
      {item.note !== '' && (
        <>
          , with the note: <span class="app-free-text">{item.note}</span>
        </>
      )}
    </p>
  )
}
