import { Button, Form, Input } from '#platform/html'
import type { Section } from '../../domain/entry.ts'

/** How a list is put in order, and which years it is of. */
export interface ListOrder {
  readonly by: 'newest' | 'condition' | 'date'
  readonly fromYear?: number
  readonly untilYear?: number
}

/** Parts whose entries the record files under conditions. */
const underConditions: ReadonlySet<Section> = new Set([
  'medicines',
  'consultations',
  'results',
  'referrals',
  'documents',
  'measurements',
])

/** The rest of an address that keeps the order while paging. */
export function orderQuery({ by, fromYear, untilYear }: ListOrder): string {
  if (by === 'newest') return ''
  const years = [fromYear && `&from=${fromYear}`, untilYear && `&until=${untilYear}`]
  return `&by=${by}${years.filter(Boolean).join('')}`
}

/** Ways to put a list in order, and for some years, which. */
export function Orders(props: {
  readonly path: string
  readonly section: Section
  readonly order: ListOrder
}) {
  const { path, section, order } = props
  const ways = [
    { by: 'newest', text: section === 'results' ? 'Latest of each test' : 'Newest first' },
    ...(underConditions.has(section) ? [{ by: 'condition', text: 'By health condition' }] : []),
    { by: 'date', text: section === 'results' ? 'Every result by date' : 'By date' },
  ]
  return (
    <>
      <nav aria-label="How this list is put in order">
        <ul class="nhsuk-list app-inline-list">
          {ways.map(({ by, text }) => (
            <li>
              {by === order.by ? (
                <strong aria-current="true">{text}</strong>
              ) : (
                <a href={by === 'newest' ? path : `${path}?by=${by}`}>{text}</a>
              )}
            </li>
          ))}
        </ul>
      </nav>
      {order.by === 'date' && <Years path={path} order={order} />}
    </>
  )
}

function Years({ path, order }: { readonly path: string; readonly order: ListOrder }) {
  return (
    <Form action={path} method="get">
      <input type="hidden" name="by" value="date" />
      <Input
        id="from"
        name="from"
        label={{ text: 'From year' }}
        hint={{ text: 'For example, 2019' }}
        inputmode="numeric"
        width={4}
        value={order.fromYear?.toString() ?? ''}
      />
      <Input
        id="until"
        name="until"
        label={{ text: 'To year' }}
        inputmode="numeric"
        width={4}
        value={order.untilYear?.toString() ?? ''}
      />
      <Button text="Show these years" variant="secondary" />
    </Form>
  )
}
