import type { Config } from '#platform/config'
import { demoPassword, demoPeople } from '#modules/demo'

/** The first Node 26 with the security fixes of October 2026. */
const patched = [26, 12, 1] as const

/** Says on the console where the service is, and in a demonstration who can sign in. */
export function announce(config: Config): void {
  console.log(`\nPatient Online is at ${config.publicUrl}`)
  console.log(`The practice site is at ${config.publicUrl}/practice`)
  if (config.demo) announceDemo(config)
  if (isOlder(process.versions.node)) {
    console.log(
      `\nNode ${process.versions.node} lacks the security fixes of ${patched.join('.')}: fine for trying out, not for serving patients.`,
    )
  }
}

function announceDemo({ publicUrl }: Config): void {
  console.log(`\nMade-up people who can sign in, all with the password: ${demoPassword}`)
  for (const person of demoPeople()) {
    console.log(`  ${person.email.padEnd(36)} ${person.tryThis}`)
  }
  console.log(`Their one-time codes are at ${publicUrl}/demo`)
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number)
  const differing = patched.findIndex((part, at) => parts[at] !== part)
  return differing !== -1 && (parts[differing] ?? 0) < (patched[differing] ?? 0)
}
