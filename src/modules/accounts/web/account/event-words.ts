import type { AccountEvent } from '../../commands/events.ts'
import type { SignInMethod } from '../../domain/account.ts'

/** How somebody signed in, in their words. */
export const methodWords: Readonly<Record<SignInMethod, string>> = {
  password: 'Password and code',
  passkey: 'Passkey',
  'recovery-code': 'Password and recovery code',
  'nhs-login': 'NHS login',
  joining: 'Joining letter',
}

const eventWords: Readonly<Record<AccountEvent, string>> = {
  'signed-in': 'Signed in',
  'signed-out': 'Signed out',
  'sign-in-refused': 'Somebody tried to sign in and could not',
  'sign-in-blocked': 'Too many tries to sign in: further tries were stopped for 15 minutes',
  'proved-again': 'You confirmed that it is you',
  'signed-out-elsewhere': 'Signed out on another device',
  'device-removed': 'A device was forgotten and signed out',
  'passkey-added': 'A passkey was added',
  'passkey-removed': 'A passkey was removed',
  'password-changed': 'The password was changed',
  'authenticator-changed': 'An authenticator app was set up',
  'recovery-codes-made': 'New recovery codes were made',
  'nhs-login-bound': 'NHS login was connected',
  'nhs-login-refused': 'A sign-in with NHS login was refused',
  'identity-proved': 'It was proved that this account is yours',
  'account-made': 'The account was made',
  'joining-begun': 'A joining code was made',
  joined: 'The account was set up',
  'account-closed': 'The account was closed',
}

/** What happened, in words. Anything unknown says only that something did. */
export function wordsOf(type: string): string {
  return isAccountEvent(type) ? eventWords[type] : 'Something was changed'
}

function isAccountEvent(type: string): type is AccountEvent {
  return Object.hasOwn(eventWords, type)
}

/** How and where, as far as an event says. */
export function detailWords(details: Readonly<Record<string, string | number | boolean>>): string {
  const { method, device, identityLevel } = details
  const how = typeof method === 'string' && isMethod(method) ? methodWords[method] : undefined
  const level = typeof identityLevel === 'string' ? levels[identityLevel] : undefined
  const where = typeof device === 'string' && device !== '' ? device : undefined
  return [how, level, where].filter((part) => part !== undefined).join(', ')
}

const levels: Readonly<Record<string, string>> = {
  P0: 'identity not proved',
  P5: 'identity not proved',
  P9: 'identity proved',
}

function isMethod(text: string): text is SignInMethod {
  return Object.hasOwn(methodWords, text)
}
