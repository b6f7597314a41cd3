import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** A filter over passwords that breaches made known, made by scripts/make-common-passwords.ts. */
const file = 'src/platform/auth/common-passwords.bin'

const positionsOf = 13

let filter: Promise<Buffer> | undefined

/**
 * Whether a password is among the commonest of those that breaches made known, as it stands, in
 * other capitals, or with numbers and signs put after it. In one of ten thousand cases it says so
 * of one that is not.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  filter ??= readFile(file)
  const bits = await filter
  const folded = password.normalize('NFKC').toLowerCase()
  const stem = folded.replace(/[^\p{L}]+$/u, '')
  const isRepeated = /^(.{1,4})\1+$/u.test(folded)
  return isRepeated || holds(bits, folded) || (stem.length >= 4 && holds(bits, stem))
}

function holds(bits: Buffer, password: string): boolean {
  return positions(password, bits.length * 8).every(
    (at) => ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0,
  )
}

function positions(password: string, size: number): readonly number[] {
  const digest = createHash('sha256').update(`common:${password}`).digest()
  const [first, second] = [digest.readUIntBE(0, 6), digest.readUIntBE(6, 6) | 1]
  return Array.from({ length: positionsOf }, (_, place) => (first + place * second) % size)
}
