import type { VNode } from 'preact'
import { withPageContext, type PageContext } from './page-context.ts'
import { serialize } from './serialize.ts'

/** The whole document for a page made with `Layout`, ready to be sent as UTF-8. */
export function renderPage(page: VNode, context: PageContext): string {
  return withPageContext(context, () => `<!DOCTYPE html>${serialize(page)}`)
}
