import { formatDayAndTime } from '#kernel/time'
import { Details } from '#platform/html'
import type { OrderedItem } from '../../queries/orders.ts'
import { formatStep } from '../words.ts'

/** Every step of an item so far with its day and time, once there is more than the first. */
export function Steps({ item }: { readonly item: OrderedItem }) {
  const { steps } = item
  if (steps.length < 2) return null
  return (
    <Details
      summary={{
        html: (
          <>
            Every step so far<span class="nhsuk-u-visually-hidden"> of {item.name}</span>
          </>
        ),
      }}
    >
      <ol class="nhsuk-list nhsuk-list--number">
        {steps.map(({ state, at }) => (
          <li>
            {formatStep(state)}, {formatDayAndTime(at)}
          </li>
        ))}
      </ol>
    </Details>
  )
}
