import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto'

const cost = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 }
const stored = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/**
 * An Argon2id hash in PHC form, tens of milliseconds of work.
 * Source: OWASP password storage guidance, 19 MiB and 2 passes.
 */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await argon2id({ ...cost, message: password.normalize('NFKC'), nonce })
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain(nonce)}$${plain(tag)}`
}

/**
 * Whether a password is the one hashed. With no hash (no such account) it does the same work and
 * says no, so that the time taken does not tell.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const parts = hash === undefined ? undefined : stored.exec(hash)
  const [, memory, passes, parallelism, nonce, tag] = parts ?? []
  const expected = Buffer.from(tag ?? plain(randomBytes(cost.tagLength)), 'base64')
  const given = await argon2id({
    message: password.normalize('NFKC'),
    nonce: nonce === undefined ? randomBytes(16) : Buffer.from(nonce, 'base64'),
    memory: Number(memory ?? cost.memory),
    passes: Number(passes ?? cost.passes),
    parallelism: Number(parallelism ?? cost.parallelism),
    tagLength: expected.length,
  })
  return parts !== undefined && timingSafeEqual(given, expected)
}

function argon2id(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (fault, tag) => {
      if (fault) reject(fault)
      else resolve(tag)
    })
  })
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
