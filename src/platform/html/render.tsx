import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { PageContextProvider, type PageContext } from './page-context.tsx'

/** The whole document for a page made with `Layout`, ready to be sent as UTF-8. */
export function renderPage(page: VNode, context: PageContext): string {
  const document = <PageContextProvider value={context}>{page}</PageContextProvider>
  return `<!DOCTYPE html>${renderToString(document)}`
}
