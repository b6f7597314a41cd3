import type { Destination } from '../../domain/item.ts'
import type { AskedOrder } from '../../domain/order.ts'
import { destinationValue } from './order-form.ts'

/** What was chosen so far, carried from page to page; nothing is stored before the order is sent. */
export function Kept(props: {
  readonly order: AskedOrder
  readonly destination?: Destination | undefined
}) {
  const { order, destination } = props
  return (
    <>
      {order.medicationIds.map((id) => (
        <input type="hidden" name="medicine" value={id} />
      ))}
      <input type="hidden" name="note" value={order.note} />
      <input type="hidden" name="kind" value={order.kind ?? 'repeat'} />
      {order.needsMore && <input type="hidden" name="more" value="yes" />}
      {destination && (
        <input type="hidden" name="destination" value={destinationValue(destination)} />
      )}
    </>
  )
}
