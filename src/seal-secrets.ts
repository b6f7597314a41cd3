import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '#platform/db'
import type { Log } from '#platform/log'
import { resealSecrets } from '#modules/accounts'

const retryMs = 60_000

/**
 * Seals in the background what is not sealed with the current key, until it is done or stopped, and
 * says at the console where keys are missing. The service serves meanwhile: any key of the file opens.
 */
export function startSealingSecrets(db: Database, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const seal = async (): Promise<void> => {
    while (!signal.aborted && !(await sealAll(db, log, signal)))
      await delay(retryMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
  const done = seal()
  return {
    stop: () => {
      stopping.abort()
      return done
    },
  }
}

/** Whether all were looked at. */
async function sealAll(db: Database, log: Log, signal: AbortSignal): Promise<boolean> {
  try {
    const { sealed, lost } = await resealSecrets(db, signal)
    if (sealed > 0 && !signal.aborted)
      log.info({ sealed }, 'every secret that a key opens is sealed with the current key')
    if (lost > 0) {
      console.error(
        `SECRET_KEYS_FILE: no key in it opens the authenticator secrets of ${lost} accounts. Put the file back that was used before, or they sign in with a recovery code or a passkey.`,
      )
    }
    return true
  } catch (fault) {
    log.warn({ fault: fault instanceof Error ? fault.name : 'unknown' }, 'sealing secrets failed')
    return false
  }
}
