import type { FastifyInstance } from 'fastify'
import type { VNode } from 'preact'
import { recordEvent } from '#platform/audit'
import { sendPage } from '#platform/http'
import { alsoFor, permissionsOf, requireActing, type Permissions } from '#modules/access'
import { upcomingAppointments } from '#modules/appointments'
import { recentNotices } from '#modules/messages'
import { HomePage } from './home-page.tsx'
import {
  AccessibilityPage,
  ContactPage,
  PrivacyPage,
  SignedOutPage,
  StartPage,
} from './public-pages.tsx'

/** The first page, the page after signing in, and the pages about the service. */
export function registerHome(app: FastifyInstance, options: { readonly demo: boolean }): void {
  const open = (path: string, page: () => VNode) =>
    app.get(path, async (_, reply) => sendPage(reply, page()))
  open('/', () => <StartPage demo={options.demo} />)
  open('/signed-out', () => <SignedOutPage />)
  open('/contact', () => <ContactPage />)
  open('/privacy', () => <PrivacyPage />)
  open('/accessibility', () => <AccessibilityPage />)

  app.get('/home', async (request, reply) => {
    const acting = await requireActing(request, 'home')
    const shown = await app.db.transaction(acting, async (tx) => {
      const [notices, appointments, forPrescriptions, permissions] = await Promise.all([
        recentNotices(tx),
        alsoFor(tx, 'appointments').then((own) => own && upcomingAppointments(own)),
        alsoFor(tx, 'prescriptions'),
        permissionsOf(tx),
        recordEvent(tx, { type: 'home.home-viewed' }),
      ])
      const mayOrder = forPrescriptions !== undefined
      return { notices, appointments, mayOrder, mayReadRecord: mayRead(permissions) }
    })
    return sendPage(
      reply,
      <HomePage
        {...shown}
        isSelf={acting.as === 'self'}
        name={request.pageFacts.signedInAs ?? ''}
      />,
    )
  })
}

/** Whether there is a record to go to. It may ask again who reads it. */
function mayRead({ recordCurrent, recordHistorical }: Permissions): boolean {
  return recordCurrent !== 'none' || recordHistorical !== 'none'
}
