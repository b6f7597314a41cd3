import { formatDayAndTime } from '#kernel/time'
import { InsetText, Layout, Table } from '#platform/html'
import { formatName } from '#modules/directory'
import { noticesOnPage, type SentNotice } from '../queries/notices.ts'
import { Paging } from './paging.tsx'

/** What was told to whom, for a demonstration practice: nothing leaves it. */
export function OutboxPage(props: { readonly sent: readonly SentNotice[]; readonly page: number }) {
  const title = 'Outbox'
  const { sent, page } = props
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>What patients were told, newest first. This is a demonstration: nothing is really sent.</p>
      {sent.length === 0 ? (
        <InsetText text="Nothing to show here. What is told to patients appears here." />
      ) : (
        <Table
          responsive
          caption={{ text: 'Notices', classes: 'nhsuk-u-visually-hidden' }}
          head={['When', 'Patient', 'Sent to', 'Subject', 'Words'].map((text) => ({ text }))}
          rows={sent.slice(0, noticesOnPage).map(cellsOf)}
        />
      )}
      <Paging path="/practice/outbox" page={page} hasNext={sent.length > noticesOnPage} />
    </Layout>
  )
}

function cellsOf(notice: SentNotice) {
  return [
    { text: formatDayAndTime(notice.writtenAt) },
    { text: formatName(notice) },
    { text: notice.sentTo ?? 'No address: shown in the service only' },
    { text: notice.subject },
    { text: notice.body },
  ]
}
