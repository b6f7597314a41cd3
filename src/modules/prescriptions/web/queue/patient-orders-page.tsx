import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, formatDayAndTime } from '#kernel/time'
import {
  BackLink,
  Button,
  Form,
  InsetText,
  Layout,
  NotificationBanner,
  Table,
} from '#platform/html'
import { formatName, type Patient, type PatientId } from '#modules/directory'
import { isInFlight, isOpen } from '../../domain/item.ts'
import type { AcuteSwitch } from '../../queries/queue/acute-switch.ts'
import type { PatientItem } from '../../queries/queue/patient-orders.ts'
import { formatStep } from '../words.ts'

/** Where staff see what one patient ordered. */
export function patientOrdersPath(patientId: PatientId): string {
  return `/practice/patients/${patientId}/prescriptions`
}

interface Props {
  readonly patient: Patient
  readonly items: readonly PatientItem[]
  readonly mayDecide: boolean
  readonly practiceTakesAcute: boolean
  readonly acute?: AcuteSwitch | undefined
  readonly done?: string | undefined
}

/** What one patient ordered and where each of it stands, to answer when they ask. */
export function PatientOrdersPage(props: Props) {
  const { patient, items } = props
  const title = `Prescription orders of ${formatName(patient)}`
  return (
    <Layout
      title={title}
      before={
        <BackLink href={`/practice/patients/${patient.patientId}`} text="Back to the patient" />
      }
    >
      {props.done !== undefined && <NotificationBanner variant="success" text={props.done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Born {formatDate(patient.bornOn)}. NHS number {formatNhsNumber(patient.nhsNumber)}.
      </p>
      {items.length === 0 ? (
        <InsetText text="Nothing was ordered online in the last 400 days." />
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Ordered in the last 400 days, newest first', size: 'm' }}
          head={['Medicine', 'Ordered', 'What the patient sees', 'Who', 'Where it goes'].map(
            (text) => ({
              text,
            }),
          )}
          firstCellIsHeader
          rows={items.map((item) => [
            { text: nameOf(item) },
            { text: formatDate(item.requestedAt) },
            { html: <Standing item={item} mayDecide={props.mayDecide} /> },
            { text: whoOf(item) },
            { text: whereOf(item) },
          ])}
        />
      )}
      <AcuteRequests {...props} />
    </Layout>
  )
}

function nameOf({ medicineName, approvedQuantity }: PatientItem): string {
  const name = medicineName ?? 'A medicine that is no longer in the record'
  return approvedQuantity === undefined ? name : `${name}, ${approvedQuantity}`
}

function Standing(props: { readonly item: PatientItem; readonly mayDecide: boolean }) {
  const { item, mayDecide } = props
  const { state, since, itemId } = item
  return (
    <>
      {formatStep(state)}
      {since && `, ${formatDayAndTime(since)}`}
      {mayDecide && isInFlight(state) && (
        <>
          <br />
          <a href={`/practice/prescriptions/items/${itemId}/withdraw`}>
            Take the approval back
            <span class="nhsuk-u-visually-hidden">{` of ${nameOf(item)}`}</span>
          </a>
        </>
      )}
    </>
  )
}

function whoOf({ state, holderName, deciderName, withdrawerName }: PatientItem): string {
  if (isOpen(state)) return holderName === undefined ? 'Nobody yet' : `${holderName} has it`
  if (state === 'cancelled') return 'The patient'
  if (withdrawerName !== undefined) return `${withdrawerName} took the approval back`
  return deciderName ?? 'A colleague'
}

function whereOf({ destinationKind, pharmacyName, isOnPaper }: PatientItem): string {
  if (isOnPaper || destinationKind === 'paper') return 'Collected here, on paper'
  if (destinationKind === 'dispensing-practice') return 'Collected from your dispensary'
  return pharmacyName ?? 'A pharmacy that is no longer known'
}

/** Whether this patient may ask for more than repeats, and settling it. */
function AcuteRequests({ patient, acute, mayDecide, practiceTakesAcute }: Props) {
  const isAllowed = acute?.isAllowed ?? true
  return (
    <section>
      <h2 class="nhsuk-heading-m">Asking for past and short-term medicines</h2>
      <p>
        {isAllowed ? 'This patient may ask for them' : 'This patient may not ask for them'}
        {acute && `, set by ${acute.changedBy} on ${formatDate(acute.changedAt)}`}.{' '}
        {!practiceTakesAcute &&
          'Your practice takes no such requests at the moment, so nobody can make one.'}
      </p>
      {mayDecide && (
        <Form action={`${patientOrdersPath(patient.patientId)}/short-term`}>
          <input type="hidden" name="allowed" value={isAllowed ? 'no' : 'yes'} />
          <Button variant="secondary" preventDoubleClick>
            {isAllowed ? 'Do not let this patient ask for them' : 'Let this patient ask for them'}
          </Button>
        </Form>
      )}
    </section>
  )
}
