import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { renderPage, type IdleLimit, type NavigationItem, type Notice } from '#platform/html'
import type { Face } from './sign-in-cookie.ts'

/** What the layout of a page needs to know of the request it answers. */
export interface PageFacts {
  readonly face: Face | 'public'
  readonly csrf?: string
  readonly signedInAs?: string
  /** The name of the person acted for, where it is not the one signed in. */
  readonly actingFor?: string
  readonly practiceName?: string
  readonly navigation: readonly NavigationItem[]
  /** When the sign-in ends if nothing is asked; absent where nobody is signed in. */
  readonly idle?: IdleLimit
  readonly notices?: readonly Notice[]
}

/** Facts for a request of which nothing is known yet. */
export function emptyPageFacts(url: string): PageFacts {
  return { face: url.startsWith('/practice') ? 'practice' : 'public', navigation: [] }
}

/** Answers with a page. Refusals and faults give their status. */
export function sendPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  const { assets, showNhsLogo } = reply.server
  const html = renderPage(page, {
    ...reply.request.pageFacts,
    showNhsLogo,
    assets: { styles: assets.styles.path, script: assets.script.path, icon: assets.icon.path },
  })
  return reply.code(status).type('text/html; charset=utf-8').send(html)
}
