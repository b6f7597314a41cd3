import type { Config } from '#platform/config'
import type { Database } from '#platform/db'
import { demoPassword, demoPeople } from '#modules/demo'

/** Says on the console where the service is, and in a demonstration who can sign in. */
export async function announce(config: Config, _: Database): Promise<void> {
  console.log(`\nPatient Online is at ${config.publicUrl}`)
  console.log(`The practice site is at ${config.publicUrl}/practice`)
  if (!config.demo) return

  console.log(`\nMade-up people who can sign in, all with the password: ${demoPassword}`)
  for (const person of demoPeople()) {
    console.log(`  ${person.email.padEnd(36)} ${person.tryThis}`)
  }
  console.log(`Their one-time codes are at ${config.publicUrl}/demo`)
}
