/** What is told to the owner of an account by e-mail. */
export interface MailText {
  readonly subject: string
  readonly body: string
}

/**
 * Told when somebody signs in on a device that the account was not used on before. It says nothing of
 * health, of the device or of the place: others may read it over a shoulder. Source: DOMAIN CO-5.
 */
export const newDeviceMail: MailText = {
  subject: 'A new device was used to sign in',
  body: 'Somebody signed in to your account on a device that was not used before. If it was you, there is nothing to do. If not, sign in, look at what happened to your account, and sign out the other device there.',
}
