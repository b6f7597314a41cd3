import type { Config } from '#platform/config'
import type { Database } from '#platform/db'
import type { Log } from '#platform/log'
import { openMailServer } from '#platform/mail'
import { sendDueMail } from '#modules/accounts'

const everyMs = 10_000

/**
 * Hands due mail to the mail server every ten seconds until stopped. Without one, says once in the
 * log that mail stays in the database; a demonstration shows it there.
 */
export async function startSendingMail(
  db: Database,
  log: Log,
  { mail: address, demo }: Config,
): Promise<{ stop(): Promise<void> }> {
  if (!address) {
    if (!demo) log.warn({}, 'mail to owners of accounts is not sent: SMTP_URL is not set')
    return { stop: () => Promise.resolve() }
  }
  const server = await openMailServer(address.url, address.from)
  let current: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    current = current.then(() => sendAll())
  }, everyMs)
  const sendAll = async (): Promise<void> => {
    try {
      const { failed } = await sendDueMail(db, (mail) => server.send(mail))
      if (failed > 0) log.warn({ failed }, 'mail was not taken; it will be tried again')
    } catch (fault) {
      log.warn({ fault: fault instanceof Error ? fault.name : 'unknown' }, 'sending mail failed')
    }
  }
  return {
    stop: async () => {
      clearInterval(timer)
      await current
      server.close()
    },
  }
}
