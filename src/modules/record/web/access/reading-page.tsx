import { Card, Layout } from '#platform/html'

/** The ways to what patients see of their records. */
export function ReadingPage(props: {
  readonly olderWaiting: number
  /** Absent for those who do not decide about entries. */
  readonly toTell: number | undefined
}) {
  const { olderWaiting, toTell } = props
  const places = [
    {
      href: '/practice/older-records',
      text: 'Asked for older records',
      description: olderWaiting === 0 ? 'Nobody waits.' : `${olderWaiting} waiting.`,
    },
    ...(toTell === undefined
      ? []
      : [
          {
            href: '/practice/to-tell',
            text: 'To tell patients in person',
            description: toTell === 0 ? 'Nobody waits.' : `${toTell} waiting.`,
          },
        ]),
    {
      href: '/practice/record-parts',
      text: 'Parts of the record shown online',
      description: 'For every patient. For one patient, begin at their page.',
    },
  ]
  return (
    <Layout title="What patients see">
      <h1 class="nhsuk-heading-l">What patients see</h1>
      <ul class="nhsuk-grid-row nhsuk-card-group">
        {places.map(({ href, text, description }) => (
          <li class="nhsuk-grid-column-one-half nhsuk-card-group__item">
            <Card
              clickable
              href={href}
              heading={{ text, level: 2, size: 's' }}
              description={description}
            />
          </li>
        ))}
      </ul>
    </Layout>
  )
}
