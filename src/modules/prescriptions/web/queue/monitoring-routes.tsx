import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { parseLocalDate } from '#kernel/time'
import { Button, Form, Input, messageFor } from '#platform/html'
import { NotFound, sendPage, type FieldFault } from '#platform/http'
import type { Tx } from '#platform/db'
import { requireStaff, type StaffActing } from '#modules/access'
import { setMonitoring } from '../../commands/queue/set-monitoring.ts'
import type { FlagId } from '../../domain/queue/flag.ts'
import type { ItemId } from '../../domain/item.ts'
import { medicineFlags } from '../../queries/queue/flags.ts'
import { requireId } from '../require-id.ts'
import { ItemPage } from './frame.tsx'
import { readItem } from './item-model.tsx'
import { queuePath } from './reject-form.ts'

const path = '/practice/prescriptions/items/:id/monitoring/:flagId'
const params = z.object({ flagId: z.string() })
const form = z.object({ on: z.string().trim().max(20).catch('') })
const back = { page: 1, view: 'waiting' } as const

/** Saying when monitoring was done, where the record does not show it. */
export function registerMonitoring(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const { itemId, flagId } = idsOf(request.params)
    const shown = await app.db.transaction(acting, (tx) => readMonitoring(tx, itemId, flagId))
    return sendPage(reply, <MonitoringPage {...shown} typed="" />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const { itemId, flagId } = idsOf(request.params)
    const typed = form.parse(request.body ?? {}).on
    const on = parseLocalDate(typed)
    const faults = await app.db.transaction(acting, async (tx) => {
      const shown = await readMonitoring(tx, itemId, flagId)
      if (!on) return { ...shown, faults: [missing] }
      const { patientId } = shown.item
      const set = await setMonitoring(tx, { patientId, flagId, on })
      return set.ok ? undefined : { ...shown, faults: [future] }
    })
    if (!faults) return reply.redirect(queuePath(back), 303)
    return sendPage(reply, <MonitoringPage {...faults} typed={typed} />, 400)
  })
}

const missing: FieldFault = { field: 'on', message: 'Enter the day it was done' }
const future: FieldFault = { field: 'on', message: 'The day it was done must not be after today' }

function idsOf(given: unknown): { readonly itemId: ItemId; readonly flagId: FlagId } {
  const flagId = parseId<'MedicineFlag'>(params.parse(given).flagId)
  if (flagId === undefined) throw new NotFound()
  return { itemId: requireId<'OrderItem'>(given), flagId }
}

async function readMonitoring(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  itemId: ItemId,
  flagId: FlagId,
) {
  const flag = (await medicineFlags(tx)).find((one) => one.flagId === flagId)
  if (!flag?.monitoring) throw new NotFound()
  return { ...(await readItem(tx, itemId)), flagId, test: flag.monitoring.test }
}

function MonitoringPage(
  props: Awaited<ReturnType<typeof readMonitoring>> & {
    readonly typed: string
    readonly faults?: readonly FieldFault[]
  },
) {
  const { item, flagId, test, typed, faults } = props
  return (
    <ItemPage {...back} {...props} title="When monitoring was done">
      <p>
        Use this where the record does not show the test, for example because a hospital did it. The
        latest day that is known counts, from here or from the record.
      </p>
      <Form action={`/practice/prescriptions/items/${item.itemId}/monitoring/${flagId}`}>
        <Input
          id="on"
          name="on"
          type="date"
          width={10}
          label={{ text: `Day of the last ${test}`, size: 's' }}
          value={typed}
          errorMessage={messageFor(faults, 'on')}
        />
        <Button preventDoubleClick>Save the day</Button>
      </Form>
    </ItemPage>
  )
}
