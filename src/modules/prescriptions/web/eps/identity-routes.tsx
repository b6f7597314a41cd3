import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { NotFound, parseForm, sendPage } from '#platform/http'
import type { Tx } from '#platform/db'
import { requireStaff, type StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'
import { saveEpsParent, saveEpsPrescribers } from '../../commands/eps/save-eps-identity.ts'
import { epsParent, staffPrescribers, type StaffPrescriber } from '../../queries/eps/identity.ts'
import { requireId } from '../require-id.ts'
import { parentForm, prescriberForm, smartcardRoles } from './identity-forms.ts'
import { IdentityPage, identityPath, PrescriberPage } from './identity-pages.tsx'

const query = z.object({ done: z.literal('saved').optional().catch(undefined) })

/** Settling what the prescription service knows the practice and its prescribers by. */
export function registerEpsIdentity(app: FastifyInstance, isConnected: boolean): void {
  app.get(identityPath, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const { done } = query.parse(request.query ?? {})
    const shown = await app.db.transaction(acting, readIdentity)
    const words = done && 'Saved. It holds for what is approved from now on.'
    const typed = { ...shown.parent }
    return sendPage(
      reply,
      <IdentityPage {...shown} typed={typed} isConnected={isConnected} done={words} />,
    )
  })

  app.post(identityPath, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = parseForm(parentForm, request.body)
    const shown = await app.db.transaction(acting, async (tx) => {
      if (form.ok) await saveEpsParent(tx, form.value)
      return form.ok ? undefined : readIdentity(tx)
    })
    if (form.ok || !shown) return reply.redirect(`${identityPath}?done=saved`, 303)
    return sendPage(
      reply,
      <IdentityPage {...shown} {...form.refusal} isConnected={isConnected} />,
      400,
    )
  })

  registerPrescriber(app)
}

function registerPrescriber(app: FastifyInstance): void {
  app.get(`${identityPath}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const staffId = requireId<'Staff'>(request.params)
    const prescriber = await app.db.transaction(acting, (tx) => requirePrescriber(tx, staffId))
    return sendPage(reply, <PrescriberPage prescriber={prescriber} typed={typedOf(prescriber)} />)
  })

  app.post(`${identityPath}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const staffId = requireId<'Staff'>(request.params)
    const form = parseForm(prescriberForm, request.body)
    const prescriber = await app.db.transaction(acting, async (tx) => {
      const found = await requirePrescriber(tx, staffId)
      if (!form.ok) return found
      const { title, din, roleCode, ...rest } = form.value
      const roleName = smartcardRoles[roleCode]
      await saveEpsPrescribers(tx, [
        { ...rest, staffId, roleCode, roleName, title: title || undefined, din: din || undefined },
      ])
      return found
    })
    if (form.ok) return reply.redirect(`${identityPath}?done=saved`, 303)
    return sendPage(reply, <PrescriberPage prescriber={prescriber} {...form.refusal} />, 400)
  })
}

async function readIdentity(tx: Tx<StaffActing<'manage-practice'>>) {
  const parent = await epsParent(tx)
  const prescribers = await staffPrescribers(tx)
  return { parent, prescribers, isParentKnown: parent !== undefined }
}

async function requirePrescriber(
  tx: Tx<StaffActing<'manage-practice'>>,
  staffId: StaffId,
): Promise<StaffPrescriber> {
  const found = (await staffPrescribers(tx)).find((one) => one.staffId === staffId)
  if (!found) throw new NotFound()
  return found
}

/** What is known, as it was typed; a name that nothing is known of is taken from the staff list. */
function typedOf(prescriber: StaffPrescriber): Readonly<Record<string, string>> {
  const { staffId: _, jobTitle: __, name, ...known } = prescriber
  if (known.register) {
    return Object.fromEntries(
      Object.entries(known).flatMap(([field, value]) =>
        value === undefined ? [] : [[field, value] as const],
      ),
    )
  }
  const [, title = '', givenName = '', familyName = ''] = /^(Dr )?(\S+)\s+(.+)$/.exec(name) ?? []
  return { title: title.trim(), givenName, familyName }
}
