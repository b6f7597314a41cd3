import { formatDayAndTime } from '#kernel/time'
import { BackLink, Layout, Pagination, Table } from '#platform/html'
import { formatName } from '#modules/directory'
import { trailWords } from '../../domain/proxies/trail-words.ts'
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
        Every look and every change is kept by your GP surgery. This list has most of them, and
        never what was read or written. If you see something that you do not understand, phone your
        GP surgery.
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
            { header: 'What', text: trailWords[event.type] ?? 'Looked at your details' },
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

function whoOf(event: OwnTrailEvent): string {
  switch (event.actorKind) {
    case 'patient':
      return 'You, with your own sign-in'
    case 'proxy': {
      const { proxyGivenName: givenName, proxyFamilyName: familyName } = event
      const isNamed = givenName !== undefined && familyName !== undefined
      return isNamed
        ? `${formatName({ givenName, familyName })}, for you`
        : 'Somebody acting for you'
    }
    case 'system':
      return 'The service itself'
    case 'staff':
      return [event.staffName, event.jobTitle ?? 'Staff', 'GP surgery'].filter(Boolean).join(', ')
  }
}
