import { generate, generateSecret, verify } from 'otplib'

/** A fresh secret for an authenticator app, in base32. */
export function newCodeSecret(): string {
  return generateSecret()
}

/** The six digits an authenticator app shows now. */
export function currentCode(secret: string, now: Date): Promise<string> {
  return generate({ secret, epoch: Math.floor(now.getTime() / 1000) })
}

/**
 * The time step of a right code, or `undefined`. One step early or late is let through; a step at
 * or before `lastStep` is not, so that no code works twice. Source: RFC 6238.
 */
export async function verifyCode(
  secret: string,
  code: string,
  lastStep: number,
  now: Date,
): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined
  const epoch = Math.floor(now.getTime() / 1000)
  const found = await verify({ secret, token: code, epoch, epochTolerance: 30 })
  if (!found.valid) return undefined
  const step = Math.floor(epoch / 30) + found.delta
  return step > lastStep ? step : undefined
}

/** The address that an authenticator app reads from a square code, to be set up for an account. */
export function setUpLink(secret: string, email: string): string {
  const label = encodeURIComponent(`Patient Online:${email}`)
  return `otpauth://totp/${label}?secret=${secret}&issuer=Patient%20Online`
}
