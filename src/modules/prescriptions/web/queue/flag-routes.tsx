import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { addFlag, changeFlag, endFlag } from '../../commands/queue/save-flag.ts'
import type { FlagId } from '../../domain/queue/flag.ts'
import { medicineFlags, type KeptFlag } from '../../queries/queue/flags.ts'
import { requireId } from '../require-id.ts'
import { readFlag, typedFlag } from './flag-form.ts'
import { FlagPage, FlagsPage, flagsPath } from './flag-pages.tsx'

const query = z.object({ done: z.string().optional().catch(undefined) })
const doneWords: Readonly<Record<string, string>> = {
  added: 'Flag added',
  changed: 'Flag changed',
  ended: 'Flag ended',
}

/** What the practice says of medicines: seeing, adding, changing and ending flags. */
export function registerFlags(app: FastifyInstance): void {
  app.get(flagsPath, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const flags = await app.db.transaction(acting, medicineFlags)
    const { done } = query.parse(request.query)
    return sendPage(reply, <FlagsPage flags={flags} done={doneWords[done ?? '']} />)
  })

  app.get(`${flagsPath}/new`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    // Only the check in the transaction says that the person may still do this.
    await app.db.transaction(acting, async () => undefined)
    return sendPage(reply, <FlagPage typed={{}} />)
  })

  app.post(flagsPath, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = readFlag(request.body ?? {})
    await app.db.transaction(acting, async (tx) => {
      if (form.ok) await addFlag(tx, form.value)
    })
    if (form.ok) return reply.redirect(`${flagsPath}?done=added`, 303)
    return sendPage(reply, <FlagPage {...form.refusal} />, 400)
  })
  registerChanging(app)
}

function registerChanging(app: FastifyInstance): void {
  app.get(`${flagsPath}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const flagId = requireId<'MedicineFlag'>(request.params)
    const flag = await app.db.transaction(acting, (tx) => flagOf(tx, flagId))
    return sendPage(reply, <FlagPage flagId={flagId} typed={typedFlag(flag)} />)
  })

  app.post(`${flagsPath}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const flagId = requireId<'MedicineFlag'>(request.params)
    const form = readFlag(request.body ?? {})
    await app.db.transaction(acting, async (tx) => {
      await flagOf(tx, flagId)
      if (form.ok) await changeFlag(tx, flagId, form.value)
    })
    if (form.ok) return reply.redirect(`${flagsPath}?done=changed`, 303)
    return sendPage(reply, <FlagPage flagId={flagId} {...form.refusal} />, 400)
  })

  app.post(`${flagsPath}/:id/end`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const flagId = requireId<'MedicineFlag'>(request.params)
    const ended = await app.db.transaction(acting, (tx) => endFlag(tx, flagId))
    if (!ended.ok) throw new NotFound()
    return reply.redirect(`${flagsPath}?done=ended`, 303)
  })
}

async function flagOf(tx: Tx<StaffActing<'manage-practice'>>, flagId: FlagId): Promise<KeptFlag> {
  const flag = (await medicineFlags(tx)).find((one) => one.flagId === flagId)
  if (!flag) throw new NotFound()
  return flag
}
