import type { FastifyRequest } from 'fastify'
import type { Brand } from '#kernel/brand'
import type { Proof, Queries } from '#platform/db'
import { Refused, SeeOther } from '#platform/http'
import { requireSignIn } from '#modules/accounts'
import type { StaffId } from '#modules/directory'
import { mayDo } from '../domain/permissions.ts'
import type { Permission, Role } from '../domain/roles.ts'
import { workingStaff } from '../queries/working-staff.ts'
import { NotYourRolePage } from './not-your-role-page.tsx'

/** What a staff route asks for: a permission, or only that the person works here. */
export type StaffPurpose = Permission | 'home'

/** Proof that a member of staff may do something at their practice. Made here alone (I-5). */
export type StaffActing<P extends StaffPurpose = StaffPurpose> = Brand<StaffFacts<P>, 'StaffActing'>

interface StaffFacts<P extends StaffPurpose> extends Proof {
  readonly role: 'po_staff'
  readonly purpose: P
  readonly staffId: StaffId
}

/** Lets a request through for staff with a permission, or leaves: to sign in, or with why not. */
export async function requireStaff<P extends StaffPurpose>(
  request: FastifyRequest,
  purpose: P,
): Promise<StaffActing<P>> {
  const { signIn } = await requireSignIn(request, 'practice')
  const { practice } = signIn
  const staffId = signIn.subjectId as StaffId
  const facts: StaffFacts<P> = {
    role: 'po_staff',
    practice,
    purpose,
    staffId,
    accountId: signIn.accountId,
    actor: { kind: 'staff', id: staffId },
    recheck: async (queries: Queries) => {
      const staff = await workingStaff(queries, practice, staffId)
      if (!staff) throw new SeeOther('/practice/sign-in')
      request.pageFacts = {
        ...request.pageFacts,
        practiceName: staff.practiceName,
        navigation: navigation(request.url, staff.roles),
      }
      if (purpose !== 'home' && !mayDo(staff.roles, purpose)) throw new Refused(<NotYourRolePage />)
    },
  }
  return facts as StaffActing<P>
}

/** Roles that a member of staff has now, read in the transaction that depends on them. */
export async function rolesOf(
  queries: Queries,
  acting: { readonly practice: string; readonly staffId: StaffId },
): Promise<readonly Role[]> {
  const staff = await workingStaff(queries, acting.practice, acting.staffId)
  return staff?.roles ?? []
}

const places: readonly {
  readonly text: string
  readonly href: string
  readonly permission?: Permission
}[] = [
  { text: 'Today', href: '/practice' },
  { text: 'Appointments', href: '/practice/appointments', permission: 'view-clinics' },
  { text: 'Prescriptions', href: '/practice/prescriptions', permission: 'triage-prescriptions' },
  {
    text: 'Prescription settings',
    href: '/practice/prescriptions/settings',
    permission: 'manage-practice',
  },
  { text: 'Disclosure', href: '/practice/disclosure', permission: 'decide-disclosure' },
  { text: 'What patients see', href: '/practice/reading', permission: 'authorise-access' },
  { text: 'Online requests', href: '/practice/online', permission: 'authorise-access' },
  { text: 'Online settings', href: '/practice/online/settings', permission: 'manage-practice' },
  { text: 'Patients', href: '/practice/patients', permission: 'find-patients' },
  { text: 'Reports', href: '/practice/uptake', permission: 'view-counts' },
  { text: 'Staff', href: '/practice/staff', permission: 'manage-practice' },
]

/** The place that a page belongs to: the one whose address is the longest beginning of its own. */
function placeOf(url: string): string | undefined {
  if (/^\/practice(\?|$)/.test(url)) return '/practice'
  return places
    .map(({ href }) => href)
    .filter((href) => href !== '/practice' && url.startsWith(href))
    .toSorted((a, b) => b.length - a.length)[0]
}

function navigation(url: string, roles: readonly Role[]) {
  return places
    .filter((place) => place.permission === undefined || mayDo(roles, place.permission))
    .map(({ text, href }) => ({
      text,
      href,
      current: href === placeOf(url),
    }))
}
