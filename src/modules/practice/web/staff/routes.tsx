import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { addDays, localDateOf, minutesAfter, parseLocalDate, startOfDay } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { NotFound, parseForm, sendPage, typedText, type FieldFault } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import {
  accountIdByEmail,
  closeStaffAccount,
  endStaffLink,
  joiningDays,
  makeJoiningCode,
  openAccountToJoin,
  staffAccounts,
  type AccountId,
  type StaffAccount,
} from '#modules/accounts'
import type { StaffId } from '#modules/directory'
import { addColleague, changeColleague, endWork } from '../../commands/staff/change-staff.ts'
import { parseManagedRoles } from '../../domain/staff/managed-roles.ts'
import { colleague, colleagues, type Colleague } from '../../queries/staff/staff-list.ts'
import { ColleaguePage } from './colleague-page.tsx'
import { JoinerPage, JoiningCodePage, StaffListPage } from './pages.tsx'
import { refusalWords } from './words.ts'

type Manager = StaffActing<'manage-practice'>

const roles = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((given) => parseManagedRoles([given ?? []].flat()))
const jobTitle = z.string({ error: 'Enter their job' }).trim().min(1, 'Enter their job').max(100)
const email = z.email('Enter an email address, such as name@example.com').max(320)
const joinerForm = z.object({
  name: z.string({ error: 'Enter their name' }).trim().min(1, 'Enter their name').max(100),
  jobTitle,
  email,
  roles,
  seesPatients: z.literal('yes').optional(),
})
const signInForm = z.object({ email })
const changeForm = z.object({ jobTitle, roles })
const params = z.object({ staffId: z.string() })
const doneQuery = z.object({ done: z.string().catch('') })

/** Joiners, movers and leavers, for whoever manages the practice. */
export function registerStaff(app: FastifyInstance, site: { readonly publicUrl: string }): void {
  app.get('/practice/staff', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const people = await app.db.transaction(acting, async (tx) => {
      await recordEvent(tx, { type: 'practice.staff-viewed' })
      return colleagues(tx)
    })
    const accounts = await staffAccounts(app.db, acting.practice)
    const byStaff = new Map(accounts.map((account) => [account.staffId, account]))
    return sendPage(reply, <StaffListPage people={people} accounts={byStaff} />)
  })
  registerJoiners(app, site.publicUrl)
  registerMovers(app, site.publicUrl)
  registerLeavers(app)
}

const nobody = { name: '', jobTitle: '', email: '', roles: [], seesPatients: false }

function registerJoiners(app: FastifyInstance, publicUrl: string): void {
  app.get('/practice/staff/new', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    await app.db.transaction(acting, () => Promise.resolve())
    return sendPage(reply, <JoinerPage typed={nobody} />)
  })

  app.post('/practice/staff', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    await app.db.transaction(acting, () => Promise.resolve())
    const typed = typedJoiner(request)
    const again = (faults: readonly FieldFault[]) =>
      sendPage(reply, <JoinerPage typed={typed} faults={faults} />, 400)
    const parsed = parseForm(joinerForm, request.body)
    if (!parsed.ok) return again(parsed.refusal.faults)
    const { email, seesPatients, ...joiner } = parsed.value
    const inUse = [{ field: 'email', message: refusalWords['address-in-use'] }]
    if (await accountIdByEmail(app.db, email, 'practice')) return again(inUse)
    const added = await app.db.transaction(acting, (tx) =>
      addColleague(tx, { ...joiner, seesPatients: seesPatients === 'yes' }),
    )
    if (!added.ok) return again([{ field: 'roles', message: refusalWords[added.refusal] }])
    const opened = await openFor(request, acting, {
      staffId: added.value,
      name: joiner.name,
      email,
    })
    if (!opened.ok) return again(inUse)
    return sendCode(reply, publicUrl, { name: joiner.name, email, accountId: opened.value })
  })
}

function registerMovers(app: FastifyInstance, publicUrl: string): void {
  app.get('/practice/staff/:staffId', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const found = await personOf(request, acting)
    const done = doneWords[doneQuery.parse(request.query).done]
    return sendPage(reply, <ColleaguePage {...found} done={done} />)
  })

  app.post('/practice/staff/:staffId', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const found = await personOf(request, acting)
    const { staffId } = found.person
    const parsed = parseForm(changeForm, request.body)
    const again = (faults: readonly FieldFault[]) => {
      const { jobTitle: title, roles: chosen } = typedJoiner(request)
      const typed = { jobTitle: title, roles: chosen }
      return sendPage(reply, <ColleaguePage {...found} typed={typed} faults={faults} />, 400)
    }
    if (!parsed.ok) return again(parsed.refusal.faults)
    const changed = await app.db.transaction(acting, (tx) =>
      changeColleague(tx, staffId, parsed.value),
    )
    if (!changed.ok) {
      if (changed.refusal === 'not-there') throw new NotFound()
      return again([{ field: 'roles', message: refusalWords[changed.refusal] }])
    }
    return reply.redirect(`/practice/staff/${staffId}?done=changed`, 303)
  })

  app.post('/practice/staff/:staffId/account', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const found = await personOf(request, acting)
    const { person, account } = found
    if (!person.active || account) throw new NotFound()
    const again = (faults: readonly FieldFault[]) =>
      sendPage(reply, <ColleaguePage {...found} faults={faults} />, 400)
    const parsed = parseForm(signInForm, request.body)
    if (!parsed.ok) return again(parsed.refusal.faults)
    const opened = await openFor(request, acting, { ...person, email: parsed.value.email })
    if (!opened.ok) return again([{ field: 'email', message: refusalWords[opened.refusal] }])
    const to = { name: person.name, email: parsed.value.email, accountId: opened.value }
    return sendCode(reply, publicUrl, to)
  })

  app.post('/practice/staff/:staffId/joining-code', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const { person, account } = await personOf(request, acting)
    if (!person.active || !account) throw new NotFound()
    await app.db.transaction(acting, (tx) =>
      recordEvent(tx, { type: 'practice.joining-code-made', details: { staffId: person.staffId } }),
    )
    const { accountId, email } = account
    return sendCode(reply, publicUrl, { name: person.name, email, accountId })
  })
}

const doneWords: Readonly<Record<string, string>> = {
  changed: 'Saved. It holds from their next page on.',
  left: 'Their access has ended. Nobody can sign in as them any more.',
  leaving: 'Saved. Their access ends after that day.',
}

function registerLeavers(app: FastifyInstance): void {
  app.post('/practice/staff/:staffId/leave', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const found = await personOf(request, acting)
    const { staffId } = found.person
    const typed = typedText(typeof request.body === 'object' ? (request.body ?? {}) : {})
    const day = typed['when'] === 'now' ? 'now' : parseLocalDate(typed['lastDay'] ?? '')
    const again = (message: string) => {
      const faults = [{ field: 'lastDay', message }]
      return sendPage(reply, <ColleaguePage {...found} faults={faults} />, 400)
    }
    if (day === undefined) return again('Enter their last day as a date')
    const ended = await app.db.transaction(acting, (tx) => endWork(tx, staffId, day))
    if (!ended.ok) {
      if (ended.refusal === 'not-there') throw new NotFound()
      return again(refusalWords[ended.refusal])
    }
    if (ended.value.isOver) await closeStaffAccount(app.db, acting.practice, staffId)
    else if (day !== 'now') {
      const at = startOfDay(addDays(day, 1))
      await endStaffLink(app.db, acting.practice, staffId, at)
    }
    const done = ended.value.isOver ? 'left' : 'leaving'
    return reply.redirect(`/practice/staff/${staffId}?done=${done}`, 303)
  })
}

/** Opens the account of a member of staff, for them to join with a code. */
async function openFor(
  request: FastifyRequest,
  acting: Manager,
  to: { readonly staffId: StaffId; readonly name: string; readonly email: string },
) {
  const { db } = request.server
  await db.transaction(acting, (tx) =>
    recordEvent(tx, { type: 'practice.sign-in-given', details: { staffId: to.staffId } }),
  )
  return openAccountToJoin(db, {
    face: 'practice',
    email: to.email,
    displayName: to.name,
    link: { practice: acting.practice, subjectId: to.staffId, relation: 'staff' },
  })
}

async function personOf(
  request: FastifyRequest,
  acting: Manager,
): Promise<{
  readonly person: Colleague
  readonly account: StaffAccount | undefined
  readonly today: ReturnType<typeof localDateOf>
}> {
  const { db } = request.server
  const staffId: StaffId | undefined = parseId<'Staff'>(params.parse(request.params).staffId)
  const person = await db.transaction(acting, async (tx) => {
    const found = staffId && (await colleague(tx, staffId))
    if (found) await recordEvent(tx, { type: 'practice.staff-viewed', details: { staffId } })
    return found
  })
  if (!person) throw new NotFound()
  const accounts = await staffAccounts(db, acting.practice)
  const account = accounts.find((one) => one.staffId === person.staffId)
  return { person, account, today: localDateOf(db.now()) }
}

function typedJoiner(request: FastifyRequest) {
  const body = typeof request.body === 'object' && request.body !== null ? request.body : {}
  const typed = typedText(body)
  const chosen: unknown = Reflect.get(body, 'roles')
  return {
    name: typed['name'] ?? '',
    jobTitle: typed['jobTitle'] ?? '',
    email: typed['email'] ?? '',
    roles: parseManagedRoles([chosen].flat().map(String)),
    seesPatients: typed['seesPatients'] === 'yes',
  }
}

async function sendCode(
  reply: FastifyReply,
  publicUrl: string,
  to: { readonly name: string; readonly email: string; readonly accountId: AccountId },
): Promise<FastifyReply> {
  const { db } = reply.server
  const code = await makeJoiningCode(db, to.accountId)
  const until = minutesAfter(db.now(), joiningDays * 24 * 60)
  const address = `${publicUrl.replace(/\/$/, '')}/practice/join`
  return sendPage(reply, <JoiningCodePage {...to} code={code} address={address} until={until} />)
}
