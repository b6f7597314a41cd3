import { formatDate, formatDayAndTime } from '#kernel/time'
import { BackLink, Button, Form, InsetText, Layout, Table } from '#platform/html'
import {
  ContactNote,
  decidePermissions,
  type PatientAssociation,
  type Proxy,
} from '#modules/access'
import { formatName, type Contact, type Patient } from '#modules/directory'
import { formatAccountRef } from '../../domain/linkage/details.ts'
import { wrongTriesAllowed } from '../../domain/linkage/linking.ts'
import type { IdentityChecked } from '../../queries/identity.ts'
import type { IssuedLinkage } from '../../queries/linkage.ts'
import { lastDay } from './details-page.tsx'
import { levelWords, methodWords, serviceWords } from './words.ts'

/** One person's online services, as the practice looks after them. */
export interface OnlineModel {
  readonly patient: Patient
  readonly contact: Contact | undefined
  readonly checks: readonly IdentityChecked[]
  readonly proxies: readonly Proxy[]
  readonly linkages: readonly IssuedLinkage[]
  readonly associations: readonly PatientAssociation[]
  readonly mayVerify: boolean
  readonly mayAuthorise: boolean
  readonly now: Date
}

/** Who may act, how identity was proved, and the sign-up details that are out. */
export function OnlinePage(model: OnlineModel) {
  const { patient, mayVerify } = model
  const name = formatName(patient)
  const title = `Online services of ${name}`
  const path = `/practice/patients/${patient.patientId}`
  return (
    <Layout title={title} before={<BackLink href={path} text={name} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <ContactNote contact={model.contact} />
      {patient.isSensitive === true && (
        <InsetText text="Marked as sensitive in the national demographics: nothing of this patient is served online." />
      )}
      {mayVerify && <Button text="Sign up, or make new details" href={`${path}/online/sign-up`} />}
      {mayVerify && (
        <p>
          <a href={`${path}/registration`}>Left, died, came back, or marked as sensitive</a>
        </p>
      )}
      <Access {...model} />
      <Proxies {...model} />
      <Identity checks={model.checks} />
      <Details {...model} />
    </Layout>
  )
}

function Access(model: OnlineModel) {
  const { associations } = model
  if (associations.length === 0)
    return <InsetText text="Nobody can use online services for this patient yet." />
  return (
    <Table
      caption={{ text: 'Who may act, and what both switches together allow', size: 'm' }}
      responsive
      head={[
        'Who',
        'Appointments',
        'Prescriptions',
        'Record from now on',
        'Record before',
        'Stands',
        'Change',
      ].map((text) => ({ text }))}
      rows={associations.map((association) => {
        const allowed = decidePermissions(association)
        return [
          { header: 'Who', text: whoActs(association, model.proxies) },
          { header: 'Appointments', text: serviceWords[allowed.appointments] },
          { header: 'Prescriptions', text: serviceWords[allowed.prescriptions] },
          { header: 'Record from now on', text: levelWords[allowed.recordCurrent] },
          { header: 'Record before', text: levelWords[allowed.recordHistorical] },
          { header: 'Stands', text: association.suspendedAt ? 'Suspended' : 'On' },
          { header: 'Change', html: <Change {...model} association={association} /> },
        ]
      })}
    />
  )
}

function whoActs({ relation, associationId }: PatientAssociation, proxies: readonly Proxy[]) {
  if (relation === 'self') return 'The patient'
  const proxy = proxies.find((one) => one.associationId === associationId)
  return proxy ? `${formatName(proxy)}, a proxy` : 'A proxy'
}

/** Anybody at the desk may suspend; the rest is for who authorises access. */
function Change(props: OnlineModel & { readonly association: PatientAssociation }) {
  const { association, patient, mayAuthorise } = props
  const path = `/practice/patients/${patient.patientId}/online/access/${association.associationId}`
  if (mayAuthorise) return <a href={path}>Change what is switched on</a>
  if (association.suspendedAt) return <>Somebody who authorises access can resume it</>
  return (
    <Form action={`${path}/suspend`}>
      <Button text="Suspend at once" variant="secondary" preventDoubleClick />
    </Form>
  )
}

function Proxies({ proxies, patient, mayVerify, mayAuthorise }: OnlineModel) {
  const path = `/practice/patients/${patient.patientId}/proxies`
  return (
    <>
      <h2 class="nhsuk-heading-m">Acting for this patient</h2>
      {mayAuthorise && (
        <p>
          <a href={`${path}/new`}>Somebody asks to act for this patient</a>
        </p>
      )}
      {proxies.length === 0 && <p>Nobody asked to.</p>}
      <ul>
        {proxies.map((proxy) => (
          <li key={proxy.proxyId}>
            {formatName(proxy)}
            {proxy.employer !== undefined && `, ${proxy.employer}`}: {proxyStates[proxy.state]},{' '}
            {formatDate(proxy.decidedAt)}, by {proxy.decidedBy ?? 'the patient'}
            {proxy.endsOn && `, until the end of ${formatDate(proxy.endsOn)}`}.{' '}
            {mayVerify && proxy.state === 'allowed' && !proxy.associationId && (
              <a href={`${path}/${proxy.proxyId}/details`}>
                Check who {formatName(proxy)} is, and make sign-up details
              </a>
            )}
            {mayAuthorise && proxy.state === 'allowed' && !proxy.associationId && (
              <Form action={`${path}/${proxy.proxyId}/end`}>
                <Button text={`End it for ${formatName(proxy)}`} variant="secondary" />
              </Form>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

const proxyStates = {
  allowed: 'may act',
  refused: 'refused',
  ended: 'ended',
} as const

function Identity({ checks }: { readonly checks: readonly IdentityChecked[] }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Identity</h2>
      {checks.length === 0 ? (
        <p>Nobody has checked this patient’s identity for online services yet.</p>
      ) : (
        <ul>
          {checks.map((check) => (
            <li>
              {methodWords[check.method]}, {formatDayAndTime(check.verifiedAt)}
              {check.verifiedBy !== undefined && `, by ${check.verifiedBy}`}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Details({ linkages, patient, mayVerify, now }: OnlineModel) {
  if (linkages.length === 0) return null
  return (
    <Table
      caption={{ text: 'Sign-up details', size: 'm' }}
      responsive
      head={['Account ID', 'Made', 'How it stands', 'Stop'].map((text) => ({ text }))}
      rows={linkages.map((linkage) => [
        { header: 'Account ID', text: formatAccountRef(linkage.accountRef) },
        {
          header: 'Made',
          text: `${formatDate(linkage.issuedAt)} by ${linkage.issuedBy}`,
        },
        { header: 'How it stands', text: standingOf(linkage, now) },
        {
          header: 'Stop',
          html:
            mayVerify && isLive(linkage, now) ? (
              <Form action={`/practice/patients/${patient.patientId}/online/stop-details`}>
                <input type="hidden" name="linkageId" value={linkage.linkageId} />
                <Button text="Stop" variant="secondary" preventDoubleClick />
              </Form>
            ) : (
              <>Nothing to stop</>
            ),
        },
      ])}
    />
  )
}

function isLive({ usedAt, revokedAt, expiresAt }: IssuedLinkage, now: Date): boolean {
  return usedAt === undefined && revokedAt === undefined && expiresAt > now
}

function standingOf(linkage: IssuedLinkage, now: Date): string {
  const { usedAt, revokedAt, wrongTries, expiresAt } = linkage
  if (usedAt) return `Used on ${formatDate(usedAt)}`
  if (revokedAt) return `${endings[linkage.revokedWhy ?? 'surgery']} on ${formatDate(revokedAt)}`
  if (expiresAt <= now) return `Ran out on ${lastDay(expiresAt)}`
  if (wrongTries >= wrongTriesAllowed)
    return `Closed after ${wrongTriesAllowed} wrong tries. Make new ones`
  const tries = wrongTries === 0 ? '' : `, tried wrongly ${wrongTries} times`
  return `Good until the end of ${lastDay(expiresAt)}${tries}`
}

const endings = {
  'new-details': 'Replaced by new ones',
  surgery: 'Stopped by the practice',
  'registration-ended': 'Ended with the registration',
} as const
