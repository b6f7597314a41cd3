import type { FastifyInstance } from 'fastify'
import { recordEvent } from '#platform/audit'
import { NotFound, sendPage } from '#platform/http'
import { requireActing, requireStaff } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { markRead } from '../commands/mark-read.ts'
import { ownNotices, noticesOnPage, sentNotices } from '../queries/notices.ts'
import { NoticesPage } from './notices-page.tsx'
import { OutboxPage } from './outbox-page.tsx'
import { parsePage } from './paging.tsx'

/** A patient's notices, and what a demonstration practice sent. */
export function registerMessages(app: FastifyInstance): void {
  app.get('/notices', async (request, reply) => {
    const acting = await requireActing(request, 'home')
    const page = parsePage(request.query)
    const notices = await app.db.transaction(acting, async (tx) => {
      const own = await ownNotices(tx, page)
      const unread = own.slice(0, noticesOnPage).filter((notice) => !notice.isRead)
      await markRead(
        tx,
        unread.map((notice) => notice.noticeId),
      )
      await recordEvent(tx, { type: 'messages.notices-viewed' })
      return own
    })
    return sendPage(reply, <NoticesPage notices={notices} page={page} />)
  })

  app.get('/practice/outbox', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const page = parsePage(request.query)
    const sent = await app.db.transaction(acting, async (tx) => {
      const practice = await ownPractice(tx)
      if (!practice?.isDemo) throw new NotFound()
      await recordEvent(tx, { type: 'messages.outbox-viewed' })
      return sentNotices(tx, page)
    })
    return sendPage(reply, <OutboxPage sent={sent} page={page} />)
  })
}
