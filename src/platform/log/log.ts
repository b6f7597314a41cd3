import { pino } from 'pino'

/** Structured lines on standard error. Never patient data: ids of events and references only. */
export interface Log {
  error(facts: object, message: string): void
  warn(facts: object, message: string): void
  info(facts: object, message: string): void
}

/** Opens the log at a level. Bodies, cookies and query strings are never written. */
export function openLog(level: string): Log {
  return pino(
    { level, base: null, redact: ['req.headers', 'req.body', 'password', 'email', 'nhsNumber'] },
    pino.destination(2),
  )
}
