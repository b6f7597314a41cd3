import { Input } from '#platform/html'
import { PasskeyForm } from '../signing-in/passkey-form.tsx'

/** Makes a passkey on this device. Not shown where the browser has no passkeys. */
export function AddPasskey({ base }: { readonly base: string }) {
  return (
    <PasskeyForm
      does="create"
      begin={`${base}/account/passkeys/begin`}
      action={`${base}/account/passkeys`}
      text="Add a passkey on this device"
    >
      <Input
        id="passkey-name"
        name="name"
        width={20}
        label={{ text: 'Name for a new passkey' }}
        hint={{ text: 'So that you know it again, such as “My phone”. You can leave it empty.' }}
        autocomplete="off"
      />
    </PasskeyForm>
  )
}
