import { z } from 'zod'
import { Pagination } from '#platform/html'

const query = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) })

/** The page asked for in a query, from 1; the first where it cannot be read. */
export function parsePage(given: unknown): number {
  return query.parse(typeof given === 'object' && given !== null ? given : {}).page
}

/** The way to the pages before and after, where there are any. */
export function Paging(props: {
  readonly path: string
  readonly page: number
  readonly hasNext: boolean
}) {
  const { path, page, hasNext } = props
  if (page === 1 && !hasNext) return null
  const hrefOf = (one: number) => `${path}${path.includes('?') ? '&' : '?'}page=${one}`
  return (
    <Pagination
      {...(page > 1 && { previous: { href: hrefOf(page - 1), label: `Page ${page - 1}` } })}
      {...(hasNext && { next: { href: hrefOf(page + 1), label: `Page ${page + 1}` } })}
    />
  )
}
