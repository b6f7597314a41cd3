type Json = Readonly<Record<string, unknown>>

/** Shows what passkeys are for where the browser has them, and carries question and answer. */
export function offerPasskeys(): void {
  if (typeof PublicKeyCredential === 'undefined' || !('credentials' in navigator)) return
  for (const box of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
    const form = box.querySelector('form')
    if (!form) continue
    box.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void answer(box, form)
    })
  }
}

async function answer(box: HTMLElement, form: HTMLFormElement): Promise<void> {
  const status = box.querySelector('[data-passkey-status]')
  const field = form.elements.namedItem('answer')
  if (!(field instanceof HTMLInputElement)) return
  if (status) status.textContent = ''
  try {
    const question = await ask(box.dataset['begin'] ?? '', form)
    const isNew = box.dataset['passkey'] === 'create'
    const credential = isNew
      ? await navigator.credentials.create({ publicKey: creationOf(question) })
      : await navigator.credentials.get({ publicKey: requestOf(question) })
    if (!(credential instanceof PublicKeyCredential)) throw new Error('No passkey')
    field.value = JSON.stringify(toJson(credential))
    form.submit()
  } catch {
    if (status) status.textContent = 'The passkey was not used. Try again, or choose another way.'
  }
}

async function ask(path: string, form: HTMLFormElement): Promise<Json> {
  const csrf = form.elements.namedItem('_csrf')
  const body = new URLSearchParams()
  if (csrf instanceof HTMLInputElement) body.set('_csrf', csrf.value)
  const asked = await fetch(path, { method: 'POST', body, credentials: 'same-origin' })
  if (!asked.ok || asked.redirected) throw new Error('Not asked')
  return (await asked.json()) as Json
}

function bytes(text: unknown): ArrayBuffer {
  const plain = atob(String(text).replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (character) => character.charCodeAt(0)).buffer
}

function text(buffer: ArrayBuffer | null): string | undefined {
  if (!buffer) return undefined
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function described(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as readonly Json[]).map(({ id }) => ({ type: 'public-key', id: bytes(id) }))
}

function requestOf(question: Json): PublicKeyCredentialRequestOptions {
  return {
    ...question,
    challenge: bytes(question['challenge']),
    allowCredentials: described(question['allowCredentials']),
  }
}

function creationOf(question: Json): PublicKeyCredentialCreationOptions {
  const given = question as Json & {
    readonly rp: PublicKeyCredentialRpEntity
    readonly pubKeyCredParams: PublicKeyCredentialParameters[]
    readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  }
  return {
    ...given,
    challenge: bytes(given['challenge']),
    user: { ...given.user, id: bytes(given.user.id) },
    excludeCredentials: described(given['excludeCredentials']),
  }
}

function toJson(credential: PublicKeyCredential): Json {
  const { id, rawId, type, response } = credential
  const common = { clientDataJSON: text(response.clientDataJSON) }
  const about = { id, rawId: text(rawId), type, clientExtensionResults: {} }
  if (response instanceof AuthenticatorAttestationResponse) {
    const transports = response.getTransports?.() ?? []
    const attestationObject = text(response.attestationObject)
    return { ...about, response: { ...common, attestationObject, transports } }
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse
  return {
    ...about,
    response: {
      ...common,
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: text(userHandle),
    },
  }
}
