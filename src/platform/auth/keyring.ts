import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Keys that secrets are sealed with: the first for what is sealed from now on, all to open. */
export interface Keyring {
  readonly currentId: string
  /** Seals a secret for one purpose: it opens for no other. */
  seal(secret: string, purpose: string): string
  /** The secret, or `undefined` where no key here opens it, or it was sealed for another purpose. */
  open(sealed: string, purpose: string): string | undefined
}

/** The file of keys cannot be used. The message is one line for the person at the console. */
export class KeyringFailure extends Error {
  override readonly name = 'KeyringFailure'
}

interface Key {
  readonly id: string
  readonly bytes: Buffer
}

const prefix = 'sealed'
const ivBytes = 12
const tagBytes = 16

/**
 * Opens the keys of a file: one a line, an id and 32 bytes in base64, the current one first. To
 * change keys, put a new line on top and start again; take the old one out after that. Where there
 * is no file one is made with a key, readable by its owner alone. Throws KeyringFailure.
 */
export async function openKeyring(file: string): Promise<Keyring> {
  const keys = parseKeys(await textOf(file))
  if (!keys) throw new KeyringFailure(`${file}: each line must be an id and 32 bytes in base64`)
  return keyringOf(keys)
}

async function textOf(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8')
    // Whoever may read the keys opens what a copy of the database holds.
    await chmod(file, 0o600).catch(() => undefined)
    return text
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'))
      throw new KeyringFailure(`${file}: cannot be read`, { cause: fault })
  }
  const made = `${newKeyLine()}\n`
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(file, made, { mode: 0o600, flag: 'wx' })
    return made
  } catch (fault) {
    // Another process made it at the same moment: its key is the one.
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')
      return readFile(file, 'utf8')
    throw new KeyringFailure(`${file}: cannot be written`, { cause: fault })
  }
}

/** A line with a new key, to put on top of the others. */
export function newKeyLine(): string {
  return `${randomBytes(4).toString('hex')} ${randomBytes(32).toString('base64')}`
}

function parseKeys(text: string): readonly [Key, ...Key[]] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const keys = lines.map((line): Key | undefined => {
    const [, id = '', base64 = ''] = /^([\w-]{1,32})\s+([\w+/=]+)\s*$/.exec(line) ?? []
    const bytes = Buffer.from(base64, 'base64')
    return id !== '' && bytes.length === 32 ? { id, bytes } : undefined
  })
  const [first, ...others] = keys.filter((key) => key !== undefined)
  return first && others.length + 1 === keys.length ? [first, ...others] : undefined
}

function keyringOf(keys: readonly [Key, ...Key[]]): Keyring {
  const [current] = keys
  return {
    currentId: current.id,
    seal: (secret, purpose) => {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', current.bytes, iv)
      cipher.setAAD(Buffer.from(purpose))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      const whole = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
      return `${prefix}.${current.id}.${whole}`
    },
    open: (sealed, purpose) => {
      const [kind, id, whole = ''] = sealed.split('.')
      const key = keys.find((one) => one.id === id)
      if (kind !== prefix || !key) return undefined
      return opened(key, Buffer.from(whole, 'base64url'), purpose)
    },
  }
}

function opened({ bytes }: Key, whole: Buffer, purpose: string): string | undefined {
  if (whole.length < ivBytes + tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', bytes, whole.subarray(0, ivBytes))
  decipher.setAAD(Buffer.from(purpose))
  decipher.setAuthTag(whole.subarray(ivBytes, ivBytes + tagBytes))
  try {
    const first = decipher.update(whole.subarray(ivBytes + tagBytes), undefined, 'utf8')
    return first + decipher.final('utf8')
  } catch {
    return undefined
  }
}

/** Whether a stored text is sealed, with whatever key. */
function isSealed(stored: string): boolean {
  return stored.startsWith(`${prefix}.`)
}

const keyrings = new WeakMap<object, Keyring>()

/** Says by which keys the secrets of a database are kept: once, before anybody asks for one. */
export function keepSecretsBy(db: object, keyring: Keyring): void {
  keyrings.set(db, keyring)
}

/** The keys of a database; none where it was opened without, as for benchmarks: then nothing is sealed. */
export function keyringFor(db: object): Keyring | undefined {
  return keyrings.get(db)
}

/** A secret as it is to be stored in a database. */
export function sealFor(db: object, secret: string, purpose: string): string {
  return keyringFor(db)?.seal(secret, purpose) ?? secret
}

/** A stored secret as it was, or `undefined` where no key opens it. */
export function openFrom(db: object, stored: string, purpose: string): string | undefined {
  return isSealed(stored) ? keyringFor(db)?.open(stored, purpose) : stored
}
