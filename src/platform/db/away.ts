/** The database cannot be had at the moment: nothing was told to commit, so nothing was done. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway'
}

/**
 * The database went away after it was told to commit, before it answered: what was asked for is done
 * whole or not at all, and nobody here knows which. Asking for the same again is safe, and tells.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
}

/**
 * Whether a fault of a commit is the database's own refusal, so that it is certain that nothing was
 * done. A server that is being stopped (class 57P) may have done it before it said so.
 */
export function isRefusal(fault: unknown): boolean {
  if (!(fault instanceof Error) || !('code' in fault)) return false
  const code = String(fault.code)
  return /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P|XX|EPIPE)/.test(code)
}

/** Whether a statement failed because its connection, and not what it asked, came to an end. */
export function isLost(fault: unknown): boolean {
  if (!(fault instanceof Error) || fault instanceof OutcomeUnknown) return false
  const code = 'code' in fault ? String(fault.code) : ''
  return (
    /^(08...|57P..|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code) ||
    /^Connection terminated|not queryable/.test(fault.message)
  )
}
