import { formatDate } from '#kernel/time'
import { Button, Form, Layout, SummaryList, type SummaryRow } from '#platform/html'
import type { ShownMedicine } from '../domain/order.ts'

/** The order as it will be sent, to check before it is. The key makes sending it twice harmless. */
export function CheckPage(props: {
  readonly chosen: readonly ShownMedicine[]
  readonly note: string
  readonly practiceName: string
  readonly idempotencyKey: string
}) {
  const title = 'Check your order'
  const { chosen, note } = props
  const rows: readonly SummaryRow[] = [
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
    { key: 'Note', value: note === '' ? 'None' : note },
    { key: 'Goes to', value: props.practiceName },
  ]
  return (
    <Layout title={title}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          <SummaryList rows={rows} />
          <p>Your GP surgery decides each medicine and then sends the prescription.</p>
          <Form action="/prescriptions/orders" idempotencyKey={props.idempotencyKey}>
            <Kept chosen={chosen} note={note} />
            <Button preventDoubleClick>Send order</Button>
          </Form>
          <Form action="/prescriptions/check">
            <Kept chosen={chosen} note={note} />
            <input type="hidden" name="change" value="yes" />
            <Button variant="secondary">Change order</Button>
          </Form>
        </div>
      </div>
    </Layout>
  )
}

function Kept(props: { readonly chosen: readonly ShownMedicine[]; readonly note: string }) {
  return (
    <>
      {props.chosen.map(({ medicine }) => (
        <input type="hidden" name="medicine" value={medicine.medicationId} />
      ))}
      <input type="hidden" name="note" value={props.note} />
    </>
  )
}
