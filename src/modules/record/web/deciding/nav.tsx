import type { WorkCounts } from '../../queries/review/work.ts'

const pages = {
  queue: { text: 'Queues', href: '/practice/disclosure' },
  second: { text: 'Second person', href: '/practice/disclosure/second' },
  due: { text: 'Day has come', href: '/practice/disclosure/due' },
  requests: { text: 'Patients ask', href: '/practice/disclosure/requests' },
  accessTasks: { text: 'Access to review', href: '/practice/disclosure/access' },
  readings: { text: 'Read again', href: '/practice/disclosure/readings' },
  incidents: { text: 'Recalls', href: '/practice/disclosure/recalls' },
  figures: { text: 'Figures', href: '/practice/disclosure/figures' },
  trial: { text: 'Before switching on', href: '/practice/disclosure/trial' },
} as const

/** A page of the disclosure part of the practice site. */
export type DisclosurePlace = keyof typeof pages

/** The pages about disclosure, the current one marked, with how much waits on each. */
export function DisclosureNav(props: {
  readonly current?: DisclosurePlace | undefined
  readonly counts?: WorkCounts | undefined
}) {
  const counts: Partial<Record<DisclosurePlace, number>> = { ...props.counts }
  return (
    <nav class="app-subnav" aria-label="Disclosure">
      <ul class="app-subnav__list">
        {Object.entries(pages).map(([name, page]) => {
          const count = counts[name as DisclosurePlace] ?? 0
          return (
            <li class="app-subnav__item">
              <a
                href={page.href}
                class="app-subnav__link"
                {...(name === props.current && { 'aria-current': 'page' })}
              >
                {count > 0 ? `${page.text} (${count})` : page.text}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
