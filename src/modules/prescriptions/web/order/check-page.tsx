import { formatDate } from '#kernel/time'
import { Button, Form, InsetText, Layout, SummaryList, type SummaryRow } from '#platform/html'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'
import type { Destination } from '../../domain/item.ts'
import type { AskedOrder, ShownMedicine } from '../../domain/order.ts'
import { Kept } from './kept.tsx'
import { formatPlace, type Places } from './places.ts'

interface Props {
  readonly order: AskedOrder
  readonly chosen: readonly ShownMedicine[]
  readonly destination: Destination
  readonly oneOff?: Pharmacy | undefined
  readonly places: Places
  readonly idempotencyKey: string
}

/** The order as it will be sent, to check before it is. The key makes sending it twice harmless. */
export function CheckPage(props: Props) {
  const { order, destination, oneOff } = props
  const isAcute = order.kind === 'acute'
  const title = isAcute ? 'Check your request' : 'Check your order'
  return (
    <Layout title={title}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          <SummaryList rows={rowsOf(props)} />
          {order.needsMore && (
            <InsetText text="You said that you need more than one supply of the same medicine. Your GP surgery sees this when it decides." />
          )}
          {oneOff?.kind === 'distance-selling' && (
            <InsetText text="This pharmacy sends medicines by post. You may need to sign up with it first." />
          )}
          <p>
            {props.places.practiceName} decides each medicine. What is approved goes to the place
            above.
          </p>
          <Form action="/prescriptions/orders" idempotencyKey={props.idempotencyKey}>
            <Kept order={order} destination={destination} />
            <Button preventDoubleClick>{isAcute ? 'Send request' : 'Send order'}</Button>
          </Form>
          <Change {...props} change="destination" text="Change where it goes" />
          <Change {...props} change="yes" text={isAcute ? 'Change request' : 'Change order'} />
        </div>
      </div>
    </Layout>
  )
}

function Change(props: Props & { readonly change: string; readonly text: string }) {
  return (
    <Form action="/prescriptions/check">
      <Kept order={props.order} destination={props.destination} />
      <input type="hidden" name="change" value={props.change} />
      <Button variant="secondary">{props.text}</Button>
    </Form>
  )
}

function rowsOf({ order, chosen, destination, places, oneOff }: Props): readonly SummaryRow[] {
  const place = formatPlace(destination, places, oneOff)
  return [
    ...chosen.map(({ medicine }) => ({
      key: medicine.name,
      value: [
        medicine.dose ?? 'Dose not recorded',
        medicine.quantity && `Quantity: ${medicine.quantity}`,
        medicine.lastIssuedOn && `Last issued ${formatDate(medicine.lastIssuedOn)}`,
      ]
        .filter(Boolean)
        .join('. '),
    })),
    {
      key: order.kind === 'acute' ? 'Why you need it' : 'Note',
      value: order.note === '' ? 'None' : order.note,
    },
    { key: 'Goes to', value: `${place.name}. ${place.about}.` },
  ]
}
