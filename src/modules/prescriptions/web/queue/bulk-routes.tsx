import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import type { Tx } from '#platform/db'
import { sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { formatName } from '#modules/directory'
import { approveMany, type LeftItem } from '../../commands/queue/approve-many.ts'
import { aloneWords } from './alert-words.ts'
import { BulkPage, type BulkLine } from './bulk-page.tsx'
import { nameOf } from './item-model.tsx'
import { refusalWords } from './not-decided-page.tsx'
import { decideForm } from './reject-form.ts'

const form = decideForm.extend({
  item: z.preprocess(
    (given: unknown): unknown =>
      given === undefined || Array.isArray(given) ? (given ?? []) : [given],
    z.array(z.string()).max(500).catch([]),
  ),
})

/** Approving everything that is ticked, as far as it is safe to do so together. */
export function registerBulk(app: FastifyInstance): void {
  app.post('/practice/prescriptions/approve', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const { item, ...back } = form.parse(request.body ?? {})
    const ticked = item.flatMap((one) => {
      const [id, version] = one.split(':')
      const itemId = parseId<'OrderItem'>(id)
      return itemId === undefined ? [] : [{ itemId, version: Number(version) || 0 }]
    })
    const shown = await app.db.transaction(acting, async (tx) => {
      const { approved, left } = await approveMany(tx, ticked)
      const lines: BulkLine[] = []
      for (const one of left) lines.push(await lineOf(tx, one))
      const names: string[] = []
      for (const one of approved) names.push(`${await nameOf(tx, one)} for ${formatName(one)}`)
      return { approved: names, left: lines }
    })
    return sendPage(reply, <BulkPage {...shown} {...back} />, shown.left.length === 0 ? 200 : 409)
  })
}

async function lineOf(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  { item, why }: LeftItem,
): Promise<BulkLine> {
  const what = item ? `${await nameOf(tx, item)} for ${formatName(item)}` : 'A request'
  const itemId = item?.itemId
  if (why.reason === 'alone') return { itemId, what, why: aloneWords[why.alone] }
  if (why.reason === 'not-found') return { itemId, what, why: 'It is not there any more.' }
  return { itemId, what, why: refusalWords(why).what }
}
