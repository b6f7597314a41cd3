import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Makes src/platform/auth/common-passwords.bin from a JSON list of passwords that breaches made
 * known. The one in the repository is made from `passwords.json` of the package
 * @zxcvbn-ts/language-common 4.1.3 (MIT licence; Dan Wheeler and Dropbox, 2012-2016; zxcvbn-ts,
 * 2021). Only bits that passwords set are kept, none of the passwords.
 *
 *     node scripts/make-common-passwords.ts passwords.json
 */
const bitsEach = 19
const positionsOf = 13

const [source] = process.argv.slice(2)
if (source === undefined) throw new Error('Name a JSON list of passwords')
const given: unknown = JSON.parse(readFileSync(source, 'utf8'))
if (!Array.isArray(given)) throw new Error('The file is not a list')
const passwords = new Set(
  given
    .filter((one): one is string => typeof one === 'string')
    .map((one) => one.normalize('NFKC').toLowerCase())
    .filter((one) => one.length >= 4),
)
const filter = Buffer.alloc(Math.ceil((passwords.size * bitsEach) / 8))
for (const password of passwords) {
  const digest = createHash('sha256').update(`common:${password}`).digest()
  const [first, second] = [digest.readUIntBE(0, 6), digest.readUIntBE(6, 6) | 1]
  for (let place = 0; place < positionsOf; place++) {
    const at = (first + place * second) % (filter.length * 8)
    filter[at >> 3] = (filter[at >> 3] ?? 0) | (1 << (at & 7))
  }
}
writeFileSync('src/platform/auth/common-passwords.bin', filter)
console.log(`${passwords.size} passwords, ${filter.length} bytes`)
