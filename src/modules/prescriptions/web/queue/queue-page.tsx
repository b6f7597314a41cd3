import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, type LocalDate } from '#kernel/time'
import { Button, Form, InsetText, Layout, NotificationBanner } from '#platform/html'
import { formatName, type StaffId } from '#modules/directory'
import type { OrderRules } from '../../domain/orderable.ts'
import type { Allergy } from '../../domain/queue/stated.ts'
import type { QueueView } from '../../queries/queue/ranked.ts'
import {
  patientsOnPage,
  type QueuePart,
  type WaitingItem,
  type WaitingPatient,
} from '../../queries/queue/waiting.ts'
import { Paging } from '../paging.tsx'
import { PrescriptionsNav } from './nav.tsx'
import { patientOrdersPath } from './patient-orders-page.tsx'
import { QueueTable } from './queue-table.tsx'

/** What the queue shows. */
export interface QueueModel {
  readonly queue: QueuePart
  readonly rules: OrderRules
  readonly view: QueueView
  readonly page: number
  readonly mayDecide: boolean
  readonly staffId: StaffId
  readonly today: LocalDate
  /** How many of what waits is late, whoever has it. */
  readonly late: number
  /** How many prescriptions could not be sent, or have news that somebody must look at. */
  readonly unsent: number
  readonly done?: string | undefined
}

/** What waits, oldest and riskiest first, by patient, with what is needed to decide it. */
export function QueuePage(props: QueueModel) {
  const title = 'Prescription requests'
  const { queue, page, view } = props
  const patients = queue.patients.slice(0, patientsOnPage)
  const safe = patients.flatMap((patient) => patient.items.filter((item) => !item.alone))
  return (
    <Layout title={title}>
      {props.done !== undefined && <NotificationBanner variant="success" text={props.done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      <PrescriptionsNav
        current={view}
        counts={queue.counts}
        late={props.late}
        unsent={props.unsent}
      />
      {!props.mayDecide && (
        <InsetText text="You can take requests in hand, ask about things that are not clinical, and pass them on. A prescriber approves or rejects them." />
      )}
      {patients.length === 0 && (
        <InsetText>
          <p>{page === 1 ? emptyWords[view] : 'Nothing more is waiting.'}</p>
        </InsetText>
      )}
      {patients.length > 0 && <Keys mayDecide={props.mayDecide} />}
      {props.mayDecide && safe.length > 0 && <ApproveMany {...props} many={safe.length} />}
      {patients.map((patient) => (
        <PatientRequests patient={patient} {...props} />
      ))}
      <Paging
        path={
          view === 'waiting' ? '/practice/prescriptions' : `/practice/prescriptions?view=${view}`
        }
        page={page}
        hasNext={queue.patients.length > patientsOnPage}
      />
    </Layout>
  )
}

const emptyWords: Readonly<Record<QueueView, string>> = {
  waiting:
    'Nothing is waiting. Requests appear here when patients order: late ones first, then the oldest and riskiest.',
  mine: 'You have nothing in hand. What you take, or a colleague passes on to you, appears here.',
  asked: 'Nothing waits for a patient’s answer.',
}

function Keys({ mayDecide }: { readonly mayDecide: boolean }) {
  return (
    <p class="nhsuk-hint app-scripted">
      With the keyboard in a request’s row, one key is enough:{' '}
      {mayDecide && 'A approve, R reject, '}T take in hand, Q ask the patient, P pass on.
    </p>
  )
}

/** The form that the ticks of the rows belong to, and its button. */
function ApproveMany(props: QueueModel & { readonly many: number }) {
  return (
    <Form id="approve-many" action="/practice/prescriptions/approve" class="app-inline-form">
      <input type="hidden" name="page" value={String(props.page)} />
      <input type="hidden" name="view" value={props.view} />
      <Button small variant="secondary" preventDoubleClick>
        Approve all that are ticked
      </Button>
      <span>
        {props.many === 1
          ? '1 request on this page has'
          : `${props.many} requests on this page have`}{' '}
        no alert, flag or note, and a review in date. Only those can be ticked.
      </span>
    </Form>
  )
}

function PatientRequests(props: QueueModel & { readonly patient: WaitingPatient }) {
  const { patient, mayDecide } = props
  const name = formatName(patient)
  const orders = [...Map.groupBy(patient.items, (item) => item.orderId).values()]
  return (
    <section id={`patient-${patient.patientId}`}>
      <h2 class="nhsuk-heading-m nhsuk-u-margin-bottom-2">{name}</h2>
      <p class="nhsuk-u-margin-bottom-2">
        Born {formatDate(patient.bornOn)}. NHS number {formatNhsNumber(patient.nhsNumber)}.{' '}
        <a href={`/practice/patients/${patient.patientId}`}>
          Open<span class="nhsuk-u-visually-hidden"> {name}</span>
        </a>{' '}
        <a href={patientOrdersPath(patient.patientId)}>
          All orders<span class="nhsuk-u-visually-hidden"> of {name}</span>
        </a>
      </p>
      {mayDecide && (
        <p class="nhsuk-u-margin-bottom-2">
          <strong>Allergies in the record:</strong> {formatAllergies(patient.allergies)}
        </p>
      )}
      {mayDecide && patient.cautions.length > 0 && (
        <p class="nhsuk-u-margin-bottom-2">
          <strong>Interactions that the record speaks of:</strong>{' '}
          <span class="app-free-text">
            {patient.cautions.map((caution) => caution.words).join(' / ')}
          </span>
        </p>
      )}
      {orders.map(([item]) => item && <OrderFacts item={item} />)}
      <QueueTable {...props} items={patient.items} patientName={name} />
    </section>
  )
}

function formatAllergies(allergies: readonly Allergy[]): string {
  if (allergies.length === 0) {
    return 'nothing active is recorded here, which does not mean that there are none'
  }
  return allergies
    .map(({ title, severity, reactions }) => {
      const about = [...reactions, ...(severity === undefined ? [] : [severity])].join(', ')
      return about === '' ? title : `${title} (${about})`
    })
    .join('; ')
}

/** What came with an order: where it goes, who made it, and the note. */
function OrderFacts({ item }: { readonly item: WaitingItem }) {
  return (
    <p class="nhsuk-u-margin-bottom-2">
      Ordered on {formatDate(item.requestedAt)}{' '}
      {item.orderedBy === 'proxy' ? 'by someone acting for the patient' : 'by the patient'}, to{' '}
      {destinationWords(item)}
      {item.note !== '' && (
        <>
          , with the note: <span class="app-free-text">{item.note}</span>
        </>
      )}
    </p>
  )
}

function destinationWords({ destinationKind, pharmacyName }: WaitingItem): string {
  switch (destinationKind) {
    case 'paper':
      return 'collect on paper here'
    case 'dispensing-practice':
      return 'collect from this practice’s dispensary'
    case 'nominated':
      return `the nominated pharmacy, ${pharmacyName ?? 'which is no longer known'}`
    case 'one-off':
      return `another pharmacy this once, ${pharmacyName ?? 'which is no longer known'}`
  }
}
