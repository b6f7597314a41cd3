import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KeyringFailure, newKeyLine, openKeyring } from './keyring.ts'

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyring-'))
  file = join(folder, 'inner', 'secret-keys')
})
afterEach(() => rm(folder, { recursive: true }))

describe('openKeyring', () => {
  test('makes a file that its owner alone reads, and the same keys at the next start', async () => {
    const [first, second] = await Promise.all([openKeyring(file), openKeyring(file)])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const sealed = first.seal('a secret', 'account one')
    expect(sealed).not.toContain('a secret')
    expect(second.open(sealed, 'account one')).toBe('a secret')
    expect((await openKeyring(file)).open(sealed, 'account one')).toBe('a secret')
  })

  test('opens for its purpose alone, and nothing that was changed', async () => {
    const keys = await openKeyring(file)
    const sealed = keys.seal('a secret', 'account one')
    expect(keys.open(sealed, 'account two')).toBeUndefined()
    const last = sealed.at(-3) === 'A' ? 'B' : 'A'
    expect(
      keys.open(`${sealed.slice(0, -3)}${last}${sealed.slice(-2)}`, 'account one'),
    ).toBeUndefined()
    expect(keys.open('sealed.nobody.AAAA', 'account one')).toBeUndefined()
    expect(keys.open(`sealed.${keys.currentId}.AAAA`, 'account one')).toBeUndefined()
    expect(keys.seal('a secret', 'account one')).not.toBe(sealed)
  })

  test('seals with the key on top, opens with all, and with none that was taken out', async () => {
    const old = await openKeyring(file)
    const sealed = old.seal('a secret', 'one')
    const line = newKeyLine()
    await writeFile(file, `${line}\n${await readFile(file, 'utf8')}`)
    const both = await openKeyring(file)
    expect(both.currentId).not.toBe(old.currentId)
    expect(both.open(sealed, 'one')).toBe('a secret')
    await writeFile(file, line)
    const alone = await openKeyring(file)
    expect(alone.open(sealed, 'one')).toBeUndefined()
    expect(alone.open(both.seal('another', 'one'), 'one')).toBe('another')
  })

  test.each(['', 'one short', 'id c2hvcnQ='])('refuses a file that holds %j', async (text) => {
    await openKeyring(file)
    await writeFile(file, text)
    await expect(openKeyring(file)).rejects.toThrow(KeyringFailure)
  })
})
