import { Checkboxes, Input, messageFor, PasswordInput, type Fault } from '#platform/html'

function words(message: string | undefined) {
  return message === undefined ? undefined : { text: message }
}

/** The e-mail address that an account is known by. */
export function EmailField(props: {
  readonly value: string | undefined
  readonly faults: readonly Fault[] | undefined
}) {
  return (
    <Input
      id="email"
      name="email"
      type="email"
      label={{ text: 'Email address' }}
      autocomplete="username"
      spellcheck={false}
      value={props.value}
      errorMessage={words(messageFor(props.faults, 'email'))}
    />
  )
}

/** A password as it is now. */
export function PasswordField(props: { readonly faults: readonly Fault[] | undefined }) {
  return (
    <PasswordInput
      id="password"
      name="password"
      label={{ text: 'Password' }}
      errorMessage={words(messageFor(props.faults, 'password'))}
    />
  )
}

/** Six numbers of an authenticator app. */
export function CodeField(props: {
  readonly faults: readonly Fault[] | undefined
  readonly label?: string
}) {
  return (
    <Input
      id="code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      width={10}
      label={{ text: props.label ?? 'Code from your authenticator app' }}
      hint={{ text: 'This is 6 numbers. It changes every 30 seconds.' }}
      errorMessage={words(messageFor(props.faults, 'code'))}
    />
  )
}

/** A recovery code or joining code, as it was written down. */
export function WrittenCodeField(props: {
  readonly label: 'Recovery code' | 'Joining code'
  readonly faults: readonly Fault[] | undefined
}) {
  return (
    <Input
      id="code"
      name="code"
      autocomplete="off"
      spellcheck={false}
      width={20}
      label={{ text: props.label }}
      hint={{ text: '12 letters and numbers. Spaces, hyphens and capitals do not matter.' }}
      errorMessage={words(messageFor(props.faults, 'code'))}
    />
  )
}

/** Not shown: tells password managers whose password a form is about. */
export function KnownName({ email }: { readonly email: string }) {
  return <input type="text" name="username" value={email} autocomplete="username" hidden readOnly />
}

/** A new password. Pasting and password managers work. */
export function NewPasswordField(props: { readonly faults: readonly Fault[] | undefined }) {
  return (
    <PasswordInput
      id="password"
      name="password"
      label={{ text: 'New password' }}
      hint={{
        text: 'At least 10 characters. Three words that have nothing to do with each other are good. You can paste it or let a password manager make it.',
      }}
      autocomplete="new-password"
      errorMessage={words(messageFor(props.faults, 'password'))}
    />
  )
}

/** Whether others use the device too. */
export function SharedDeviceField(props: { readonly isShared: boolean }) {
  return (
    <Checkboxes
      name="shared"
      small
      values={props.isShared ? ['yes'] : []}
      items={[
        {
          value: 'yes',
          text: 'Other people use this device',
          hint: { text: 'We will not remember it, and will sign you out sooner.' },
        },
      ]}
    />
  )
}
