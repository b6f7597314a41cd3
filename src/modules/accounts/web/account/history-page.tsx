import { formatDayAndTime } from '#kernel/time'
import { Layout, Pagination, Table } from '#platform/html'
import type { AccountFace } from '../../domain/account.ts'
import type { OwnEvent } from '../../queries/sign-ins.ts'
import { faces } from '../browser.ts'
import { detailWords, wordsOf } from './event-words.ts'

/** What happened to an account, newest first, and what to do if it was somebody else. */
export function HistoryPage(props: {
  readonly face: AccountFace
  readonly events: readonly OwnEvent[]
  readonly page: number
  readonly hasMore: boolean
}) {
  const { face, events, page } = props
  const { base } = faces[face]
  const title = 'What happened to your account'
  const at = (place: number) => `${base}/account/history?page=${place}`
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        If something here was not you, <a href={`${base}/account`}>sign that device out</a>, then{' '}
        <a href={`${base}/account/password`}>change your password</a>.{' '}
        {face === 'practice' ? 'Tell your practice manager.' : 'Tell your GP surgery.'}
      </p>
      {events.length === 0 ? (
        <p>Nothing yet.</p>
      ) : (
        <Table
          responsive
          caption="Newest first"
          head={[{ text: 'When' }, { text: 'What' }, { text: 'How and where' }]}
          rows={events.map((event) => [
            { header: 'When', text: formatDayAndTime(event.at) },
            { header: 'What', text: wordsOf(event.type) },
            { header: 'How and where', text: detailWords(event.details) || 'Not known' },
          ])}
        />
      )}
      <Pagination
        {...(page > 1 && { previous: { href: at(page - 1) } })}
        {...(props.hasMore && { next: { href: at(page + 1) } })}
      />
    </Layout>
  )
}
