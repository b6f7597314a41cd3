import type { Grant } from '../identity/methods.ts'
import { lowerLevel } from '../services.ts'
import type { Asking } from './asking.ts'

/** A grant with what was asked for on top. Nothing of it becomes less; older records stay as they are. */
export function raisedGrant(grant: Grant, { service, level }: Asking): Grant {
  const { appointments, prescriptions, recordCurrent, recordHistorical } = grant
  const now = { appointments, prescriptions, recordCurrent, recordHistorical }
  if (service !== 'record') return level === 'manage' ? { ...now, [service]: 'manage' } : now
  if (level === 'manage') return now
  const isMore = lowerLevel(recordCurrent, level) === recordCurrent
  return isMore ? { ...now, recordCurrent: level } : now
}
