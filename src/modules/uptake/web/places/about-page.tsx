import { Breadcrumb, Layout, SummaryList } from '#platform/html'

const meanings: readonly (readonly [string, string])[] = [
  [
    'People registered',
    'Everybody on the practice’s list on the last day of the month. Temporary residents are not counted.',
  ],
  [
    'Can use online services',
    'People who can book, order or read something online on the last day of the month. Each is counted once, however many services they have or people act for them. For practices of other suppliers it is the largest of their counts of services, as they published it, which is no count of people.',
  ],
  [
    'Could for the first time',
    'Registered people for whom something was switched on in the month and never before.',
  ],
  [
    'Used online services',
    'People for whom something was booked, cancelled, ordered or read online in the month, each counted once. Only practices on Patient Online tell; shares are of their lists alone.',
  ],
  [
    'Booked and cancelled',
    'Appointments, not people. A move is one booked and one cancelled. Published files tell only both together: those are “not told apart”.',
  ],
  ['Prescription requests', 'Orders of repeat medicines, each of one or more items.'],
  [
    'Views of the detailed record',
    'Pages read by people who may see at least the coded part of their record. EMIS counted these wrongly in every month before July 2020: earlier months cannot be compared.',
  ],
  [
    'Fewer than 5, and not shown',
    'Numbers from 1 to 4 are not shown, so that nobody can be told apart. Another number is not shown where it would give one of them away. 0 is shown.',
  ],
  [
    'Places',
    'Each month counts by where practices lay in that month. Integrated care boards changed on 1 April 2026: one that began then has no year before.',
  ],
  [
    'Corrections',
    'A month is counted on the 2nd of the next, from what happened. What comes late or is put right is counted in the months after; the figure as it was is kept beside the new one.',
  ],
]

/** What the figures mean, how they are counted, and what is left out. */
export function AboutPage() {
  const title = 'What the figures mean'
  return (
    <Layout title={title} before={<Breadcrumb items={[{ text: 'England', href: '/uptake' }]} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <SummaryList
        rows={meanings.map(([name, meaning]) => ({
          key: { text: name },
          value: { text: meaning },
        }))}
      />
    </Layout>
  )
}

/** Before any month was counted. */
export function NoFiguresPage() {
  return (
    <Layout title="Online services in England">
      <h1 class="nhsuk-heading-l">Online services in England</h1>
      <p>
        There are no figures yet. A month is counted on the 2nd day of the next; come back then.
      </p>
    </Layout>
  )
}
