import { readFileSync } from 'node:fs'

/** An entry of package-lock.json, of which only what is looked at is known. */
interface Locked {
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  /** Comes inside its parent's own archive, whose hash covers it. */
  readonly inBundle?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>
}
const faults = [...addresses(), ...withoutHash(), ...missingPlatforms(), ...npmSettings()]
for (const fault of faults) console.log(fault)
process.exitCode = faults.length > 0 ? 1 : 0

/** A registry's address in the lock ties every other machine to that registry. */
function addresses(): readonly string[] {
  return Object.entries(lock.packages)
    .filter(([, { resolved }]) => resolved !== undefined && /^(https?|git)/.test(resolved))
    .map(([path]) => `${path} names a registry: set omit-lockfile-registry-resolved and lock again`)
}

function withoutHash(): readonly string[] {
  return Object.entries(lock.packages)
    .filter(
      ([path, { integrity, link, inBundle }]) =>
        path !== '' && !link && !inBundle && integrity === undefined,
    )
    .map(([path]) => `${path} is locked without a hash`)
}

/**
 * A release published before all its platform packages were locks without a fault, and then cannot
 * be installed on the platforms left out.
 */
function missingPlatforms(): readonly string[] {
  return Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isReachable(path, name))
      .map((name) => `${path || 'package.json'} needs ${name}, which is not in the lock`),
  )
}

/** Node looks in the package's own node_modules, then in those of the folders around it. */
function isReachable(from: string, name: string): boolean {
  const inside = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (lock.packages[inside]) return true
  if (from === '') return false
  const outer = from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1))
  return isReachable(outer, name)
}

function npmSettings(): readonly string[] {
  const lines = readFileSync('.npmrc', 'utf8').split('\n')
  return ['omit-lockfile-registry-resolved=true', 'ignore-scripts=true']
    .filter((line) => !lines.includes(line))
    .map((line) => `.npmrc lacks ${line}`)
}
