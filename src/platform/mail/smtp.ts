/** A mail server to hand mail to. */
export interface MailServer {
  /** Rejects where the server does not take it. */
  send(mail: {
    readonly mailId: string
    readonly sentTo: string
    readonly subject: string
    readonly body: string
  }): Promise<void>
  close(): void
}

/**
 * Opens the way to a mail server by its address, `smtps://` or `smtp://`. Another machine is spoken
 * to under encryption or not at all; one on this machine may do without.
 */
export async function openMailServer(url: string, from: string): Promise<MailServer> {
  const { createTransport } = await import('nodemailer')
  const { hostname } = new URL(url)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const transport = createTransport(
    {
      url,
      requireTLS: !isHere,
      ignoreTLS: isHere,
      pool: true,
      maxConnections: 1,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  return {
    send: async ({ mailId, sentTo, subject, body }) => {
      await transport.sendMail({
        to: { name: '', address: sentTo },
        subject,
        text: body,
        messageId: `<${mailId}@${from.split('@')[1] ?? 'localhost'}>`,
      })
    },
    close: () => transport.close(),
  }
}
