import { Tag } from '#platform/html'
import type { QueueView } from '../../queries/queue/ranked.ts'

/** Which of the pages about prescriptions this is. */
export type PrescriptionsPlace = QueueView | 'collecting' | 'late' | 'outbox'

/** The ways between the pages on which staff work through prescriptions. */
export function PrescriptionsNav(props: {
  readonly current: PrescriptionsPlace
  readonly counts?: Readonly<Record<QueueView, number>>
  readonly late: number
  /** How much of what is sent electronically needs somebody; not said where it is not known. */
  readonly unsent?: number
}) {
  const { current, counts } = props
  const marked = { late: props.late, outbox: props.unsent ?? 0 } as const
  const many = (view: QueueView) => (counts ? ` (${counts[view]})` : '')
  const places: readonly {
    readonly place: PrescriptionsPlace
    readonly href: string
    readonly text: string
  }[] = [
    { place: 'waiting', href: '/practice/prescriptions', text: `To decide${many('waiting')}` },
    {
      place: 'mine',
      href: '/practice/prescriptions?view=mine',
      text: `In my hands${many('mine')}`,
    },
    {
      place: 'asked',
      href: '/practice/prescriptions?view=asked',
      text: `Asked the patient${many('asked')}`,
    },
    { place: 'collecting', href: '/practice/prescriptions/collecting', text: 'To hand out' },
    { place: 'outbox', href: '/practice/prescriptions/outbox', text: 'Sent electronically' },
    { place: 'late', href: '/practice/prescriptions/late', text: 'Late' },
  ]
  return (
    <nav class="app-subnav" aria-label="Prescriptions">
      <ul class="app-subnav__list">
        {places.map(({ place, href, text }) => (
          <li class="app-subnav__item">
            <a
              class="app-subnav__link"
              href={href}
              aria-current={place === current ? 'page' : undefined}
            >
              {text}
            </a>
            {(place === 'late' || place === 'outbox') && marked[place] > 0 && (
              <>
                {' '}
                <Tag colour="red" text={String(marked[place])} />
              </>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}
