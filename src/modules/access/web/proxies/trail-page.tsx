import { formatDayAndTime } from '#kernel/time'
import { BackLink, Layout, Pagination, Table } from '#platform/html'
import type { OwnTrailEvent } from '../../queries/proxies/own-trail.ts'

/** Who looked at what of the patient's, and when. */
export function TrailPage(props: {
  readonly seen: readonly OwnTrailEvent[]
  readonly page: number
  readonly hasNext: boolean
}) {
  const { seen, page, hasNext } = props
  const title = 'Who looked, and when'
  const path = '/account/who-looked'
  return (
    <Layout title={title} before={<BackLink href="/account/sharing" text="Who can act for you" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Every look and every change is kept. If you see something that you do not understand, phone
        your GP surgery. A few things are kept from this list to keep people safe.
      </p>
      {seen.length === 0 ? (
        <p>There is nothing here yet.</p>
      ) : (
        <Table
          responsive
          caption={{ text: 'Newest first', size: 'm' }}
          head={['When', 'Who', 'What'].map((text) => ({ text }))}
          rows={seen.map((event) => [
            { header: 'When', text: formatDayAndTime(event.at) },
            { header: 'Who', text: whoOf(event) },
            { header: 'What', text: whatOf(event.type) },
          ])}
        />
      )}
      <Pagination
        {...(page > 1 && { previous: { href: `${path}?page=${page - 1}` } })}
        {...(hasNext && { next: { href: `${path}?page=${page + 1}` } })}
      />
    </Layout>
  )
}

function whoOf({ actorKind, jobTitle, staffName }: OwnTrailEvent): string {
  switch (actorKind) {
    case 'patient':
      return 'You'
    case 'proxy':
      return 'Somebody who acts for you'
    case 'system':
      return 'The service itself'
    case 'staff':
      return [staffName ?? 'Somebody at your GP surgery', jobTitle].filter(Boolean).join(', ')
  }
}

const places: readonly (readonly [RegExp, string])[] = [
  [/^appointments\./, 'Appointments'],
  [/^prescriptions\./, 'Repeat prescriptions'],
  [/^record\./, 'Health record'],
  [/^(access|registration)\./, 'Online services'],
  [/^accounts\./, 'Signing in'],
  [/^messages\./, 'Notices'],
]

/** The place, and the last word of what was done there: never what was in it. */
function whatOf(type: string): string {
  const place = places.find(([pattern]) => pattern.test(type))?.[1] ?? 'Your details'
  const done = type.split('-').at(-1) ?? ''
  return `${place}: ${verbs[done] ?? 'changed'}`
}

const verbs: Readonly<Record<string, string>> = {
  viewed: 'looked at',
  booked: 'booked',
  cancelled: 'cancelled',
  moved: 'moved',
  ordered: 'ordered',
  searched: 'looked for',
  written: 'written',
  issued: 'made',
  opened: 'opened',
  printed: 'printed',
  verified: 'checked',
}
