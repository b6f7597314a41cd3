import { formatDate, formatDayAndTime } from '#kernel/time'
import { Button, Form, InsetText, Layout, SummaryList, Table } from '#platform/html'
import type { AccountFace } from '../../domain/account.ts'
import type { AccountMethods, AccountPasskey } from '../../queries/methods.ts'
import type { OwnDevice, OwnSignIn } from '../../queries/sign-ins.ts'
import { faces } from '../browser.ts'
import { methodWords } from './event-words.ts'
import { AddPasskey } from './add-passkey.tsx'

/** What the account page shows. */
export interface AccountView {
  readonly face: AccountFace
  readonly methods: AccountMethods
  readonly passkeys: readonly AccountPasskey[]
  readonly signIns: readonly OwnSignIn[]
  readonly devices: readonly OwnDevice[]
  readonly here: string | undefined
  readonly nhsLogin: boolean
  /** What was just done. */
  readonly done?: string | undefined
}

/** How somebody signs in, where they are signed in, and how to change either. */
export function AccountPage(view: AccountView) {
  const { base } = faces[view.face]
  return (
    <Layout title="Your account">
      <h1 class="nhsuk-heading-l">Your account</h1>
      {view.done !== undefined && (
        <InsetText>
          <p role="status">{view.done}</p>
        </InsetText>
      )}
      <h2 class="nhsuk-heading-m">How you sign in</h2>
      <Methods {...view} />
      <h3 class="nhsuk-heading-s">Passkeys</h3>
      <Passkeys {...view} />
      <AddPasskey base={base} />
      <h2 class="nhsuk-heading-m">Where you are signed in</h2>
      <SignIns {...view} />
      <h2 class="nhsuk-heading-m">Devices we know</h2>
      <Devices {...view} />
      {view.face === 'patient' && (
        <p>
          <a href="/account/second-step">Ask again before my health record is shown</a>
        </p>
      )}
      <p>
        <a href={`${base}/account/history`}>See what happened to your account</a>
      </p>
    </Layout>
  )
}

function Methods({ face, methods, nhsLogin }: AccountView) {
  const { base } = faces[face]
  const change = (href: string, text: string, about: string) => ({
    items: [{ href: `${base}/account/${href}`, text, visuallyHiddenText: about }],
  })
  const codes = methods.recoveryCodesLeft
  return (
    <SummaryList
      rows={[
        { key: { text: 'Email address' }, value: { text: methods.email } },
        {
          key: { text: 'Password' },
          value: { text: methods.hasPassword ? 'Set' : 'Not set' },
          actions: change('password', methods.hasPassword ? 'Change' : 'Set', 'password'),
        },
        {
          key: { text: 'Authenticator app' },
          value: { text: methods.hasAuthenticator ? 'Set up' : 'Not set up' },
          actions: change(
            'authenticator',
            methods.hasAuthenticator ? 'Change' : 'Set up',
            'authenticator app',
          ),
        },
        {
          key: { text: 'Recovery codes' },
          value: {
            text:
              methods.recoveryCodesMadeAt === undefined
                ? 'None made'
                : `${codes} left, made on ${formatDate(methods.recoveryCodesMadeAt)}`,
          },
          actions: change('recovery-codes', 'Make new', 'recovery codes'),
        },
        face === 'patient' &&
          nhsLogin && {
            key: { text: 'NHS login' },
            value: { text: methods.hasNhsLogin ? 'Connected' : 'Not connected' },
          },
      ]}
    />
  )
}

function Passkeys({ face, passkeys }: AccountView) {
  const { base } = faces[face]
  if (passkeys.length === 0) {
    return (
      <p>
        You have no passkey. A passkey signs you in with your fingerprint, face or screen lock.
        There is nothing to remember, and nobody can trick you into giving it away.
      </p>
    )
  }
  return (
    <Table
      responsive
      caption="Your passkeys"
      head={[{ text: 'Name' }, { text: 'Added' }, { text: 'Last used' }, { text: 'Action' }]}
      rows={passkeys.map((passkey) => [
        { header: 'Name', text: passkey.name },
        { header: 'Added', text: formatDate(passkey.addedAt) },
        {
          header: 'Last used',
          text: passkey.lastUsedAt ? formatDayAndTime(passkey.lastUsedAt) : 'Not yet',
        },
        {
          header: 'Action',
          html: (
            <Form action={`${base}/account/passkeys/remove`}>
              <input type="hidden" name="credential" value={passkey.credentialId} />
              <Button
                text="Remove"
                small
                variant="secondary"
                ariaLabel={`Remove ${passkey.name}`}
              />
            </Form>
          ),
        },
      ])}
    />
  )
}

function SignIns({ face, signIns, here }: AccountView) {
  const { base } = faces[face]
  return (
    <>
      <Table
        responsive
        caption="Signed in now"
        head={[{ text: 'Device' }, { text: 'Since' }, { text: 'How' }, { text: 'Action' }]}
        rows={signIns.map((one) => [
          { header: 'Device', text: nameOf(one, here) },
          { header: 'Since', text: formatDayAndTime(one.startedAt) },
          { header: 'How', text: methodWords[one.method] },
          {
            header: 'Action',
            html:
              one.signInId === here ? (
                <span>Use “Sign out” above</span>
              ) : (
                <Form action={`${base}/account/sign-ins/${one.signInId}/end`}>
                  <Button
                    text="Sign out"
                    small
                    variant="secondary"
                    ariaLabel={`Sign out ${one.deviceName || 'this device'}, since ${formatDayAndTime(one.startedAt)}`}
                  />
                </Form>
              ),
          },
        ])}
      />
      {signIns.length > 1 && (
        <Form action={`${base}/account/sign-out-elsewhere`}>
          <Button text="Sign out everywhere else" variant="secondary" />
        </Form>
      )}
    </>
  )
}

function nameOf(one: OwnSignIn, here: string | undefined): string {
  const name = one.deviceName === '' ? 'A device' : one.deviceName
  const marks = [one.signInId === here && 'this device', one.isShared && 'shared'].filter(Boolean)
  return marks.length > 0 ? `${name} (${marks.join(', ')})` : name
}

function Devices({ face, devices }: AccountView) {
  const { base } = faces[face]
  if (devices.length === 0) return <p>None yet. We remember a device when you sign in on it.</p>
  return (
    <Table
      responsive
      caption="Devices you signed in on"
      head={[{ text: 'Device' }, { text: 'First used' }, { text: 'Last used' }, { text: 'Action' }]}
      rows={devices.map((device) => [
        { header: 'Device', text: device.name },
        { header: 'First used', text: formatDate(device.addedAt) },
        { header: 'Last used', text: formatDayAndTime(device.lastSeenAt) },
        {
          header: 'Action',
          html: (
            <Form action={`${base}/account/devices/${device.deviceId}/remove`}>
              <Button
                text="Forget"
                small
                variant="secondary"
                ariaLabel={`Forget ${device.name}, first used ${formatDate(device.addedAt)}, and sign out there`}
              />
            </Form>
          ),
        },
      ])}
    />
  )
}
