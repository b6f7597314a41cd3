import { formatDate, localDateOf, minutesBefore } from '#kernel/time'
import { BackLink, Button, Details, Form, Layout } from '#platform/html'
import { formatName } from '#modules/directory'
import type { OwnInvitation } from '../../queries/proxies/invitations.ts'
import type { OwnProxy } from '../../queries/proxies/proxies.ts'
import { levelNames, useNames } from '../services/words.ts'
import { reachWords } from './reach-fields.tsx'

/** Who can act for the patient, each ended with one press. For the patient alone. */
export function SharingPage(props: {
  readonly proxies: readonly OwnProxy[]
  readonly invitations: readonly OwnInvitation[]
  readonly mayInvite: boolean
}) {
  const title = 'Who can act for you'
  return (
    <Layout title={title} before={<BackLink href="/home" text="Home" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.proxies.length === 0 && <p>Nobody else can use online services for you.</p>}
      {props.proxies.map((proxy) => {
        const name = formatName(proxy)
        return (
          <section aria-labelledby={proxy.proxyId}>
            <h2 class="nhsuk-heading-m" id={proxy.proxyId}>
              {name}
            </h2>
            <ul>
              <li>Appointments: {useNames[proxy.appointments].toLowerCase()}</li>
              <li>Repeat prescriptions: {useNames[proxy.prescriptions].toLowerCase()}</li>
              <li>Health record: {levelNames[proxy.recordCurrent].toLowerCase()}</li>
              {proxy.recordCurrent !== 'none' &&
                reachWords({ areas: proxy.recordAreas, subjects: proxy.privateSubjects }).map(
                  (words) => <li>{words}</li>,
                )}
              {proxy.endsOn && <li>Until the end of {formatDate(proxy.endsOn)}</li>}
            </ul>
            <Form action={`/account/sharing/${proxy.proxyId}/end`}>
              <Button text={`End what ${name} can do`} variant="secondary" preventDoubleClick />
            </Form>
          </section>
        )
      })}
      <Invitations invitations={props.invitations} />
      {props.mayInvite ? (
        <Button text="Let somebody act for you" href="/account/sharing/new" />
      ) : (
        <p>
          To let somebody act for you, ask your GP surgery. You decide what they can do, and until
          when.
        </p>
      )}
      <p>
        <a href="/account/acting-for">Who you act for</a>
      </p>
      <p>
        <a href="/account/who-looked">Who looked at your record, and when</a>
      </p>
      <p>
        <a href="/account/contact">How we contact you</a>
      </p>
      <Details summary="If you do not feel safe sharing this">
        <p>
          Press the button and nobody can use online services for you any more, at once. They are
          not told, and nothing here shows that you pressed it. Your GP surgery is told, quietly.
          You are taken to your home page.
        </p>
        <Form action="/account/sharing/pause">
          <Button text="I do not feel safe sharing this" variant="secondary" />
        </Form>
        <p>In danger now? Call 999. If you cannot speak, press 55 when asked.</p>
      </Details>
    </Layout>
  )
}

function Invitations({ invitations }: { readonly invitations: readonly OwnInvitation[] }) {
  if (invitations.length === 0) return null
  return (
    <section aria-labelledby="invited">
      <h2 class="nhsuk-heading-m" id="invited">
        Whom you invited
      </h2>
      <ul>
        {invitations.map((invitation) => {
          const name = formatName(invitation)
          return (
            <li key={invitation.invitationId}>
              <p>
                {name}: {standingOf(invitation)}
              </p>
              {!invitation.closedAt && (
                <Form action={`/account/sharing/invitations/${invitation.invitationId}/withdraw`}>
                  <Button text={`Take back the invitation of ${name}`} variant="secondary" />
                </Form>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function standingOf({ closedAt, acceptedAt, expiresAt }: OwnInvitation): string {
  if (closedAt)
    return 'your GP surgery did not set this up. Phone the surgery to talk about it, or to ask for it to be looked at again.'
  if (acceptedAt) return 'they used the code. Your GP surgery looks at it next.'
  return `they have not used the code. It is good until the end of ${formatDate(localDateOf(minutesBefore(expiresAt, 1)))}.`
}

/** Told to somebody who acts for another: this is the patient's own. */
export function PatientOnlyPage() {
  const title = 'Only the patient can see this'
  return (
    <Layout title={title} before={<BackLink href="/home" text="Home" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>Somebody who acts for another cannot see or change who else may.</p>
      <p>If you need help, phone the GP surgery.</p>
    </Layout>
  )
}

/** Whom an account can act for: itself, and others. */
export function ActingForPage(props: {
  readonly people: readonly {
    readonly name: string
    readonly practiceName: string
    readonly practice: string
    readonly subjectId: string
    readonly isSelf: boolean
    readonly isNow: boolean
  }[]
}) {
  const title = 'Who you act for'
  return (
    <Layout title={title} before={<BackLink href="/home" text="Home" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <ul>
        {props.people.map(({ name, practiceName, practice, subjectId, isSelf, isNow }) => (
          <li key={subjectId}>
            <p>
              {isSelf ? `Yourself, ${name}` : name}, at {practiceName}
            </p>
            {isNow ? (
              <p>You are there now.</p>
            ) : (
              <Form action="/account/acting-for">
                <input type="hidden" name="practice" value={practice} />
                <input type="hidden" name="subjectId" value={subjectId} />
                <Button text={isSelf ? 'Go to your own' : `Act for ${name}`} variant="secondary" />
              </Form>
            )}
          </li>
        ))}
      </ul>
      <p>
        To act for somebody else, ask their GP surgery. With the details that they give you,{' '}
        <a href="/sign-up/letter">add them to your account</a>.
      </p>
      <p>
        Somebody invited you and gave you a one-time code?{' '}
        <a href="/account/acting-for/accept">Enter the code you were given</a>.
      </p>
    </Layout>
  )
}
