import { formatDayAndTime } from '#kernel/time'
import { InsetText, Layout, SummaryList, Tag } from '#platform/html'
import { noticesOnPage, type Notice } from '../queries/notices.ts'
import { Paging } from './paging.tsx'

/** What the patient was told, newest first, in words that give nothing away. */
export function NoticesPage(props: { readonly notices: readonly Notice[]; readonly page: number }) {
  const title = 'Your notices'
  const { notices, page } = props
  return (
    <Layout title={title}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          {notices.length === 0 ? (
            <InsetText text="Nothing to show here. News about what you book and order appears here." />
          ) : (
            <SummaryList rows={notices.slice(0, noticesOnPage).map(rowOf)} />
          )}
          <Paging path="/notices" page={page} hasNext={notices.length > noticesOnPage} />
        </div>
      </div>
    </Layout>
  )
}

function rowOf({ writtenAt, subject, body, path, isRead }: Notice) {
  return {
    key: formatDayAndTime(writtenAt),
    value: (
      <>
        <a href={path}>{subject}</a> {!isRead && <Tag text="New" />}
        <p class="nhsuk-u-margin-bottom-0">{body}</p>
      </>
    ),
  }
}
