import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import type { Grant } from '../identity/methods.ts'
import { lowerLevel, type ServiceLevel } from '../services.ts'

/** Less from a day on, decided beforehand: a parent's part becomes smaller as a child grows up. */
export interface ProxyStep {
  readonly fromDay: LocalDate
  /** What is left from then on, for the record old and new alike. Never more than there is. */
  readonly left: Pick<Grant, 'appointments' | 'prescriptions' | 'recordCurrent'>
}

const uses: readonly ServiceLevel[] = ['none', 'view', 'manage']

function lowerUse(a: ServiceLevel, b: ServiceLevel): ServiceLevel {
  return uses.indexOf(a) <= uses.indexOf(b) ? a : b
}

/** What two grants both have. */
export function lowerGrant(a: Grant, b: Grant): Grant {
  return {
    appointments: lowerUse(a.appointments, b.appointments),
    prescriptions: lowerUse(a.prescriptions, b.prescriptions),
    recordCurrent: lowerLevel(a.recordCurrent, b.recordCurrent),
    recordHistorical: lowerLevel(a.recordHistorical, b.recordHistorical),
  }
}

/** A grant after a step: in nothing more than before it. Source: DOMAIN PX-4, PX-5. */
export function steppedDown(grant: Grant, { left }: ProxyStep): Grant {
  return lowerGrant(grant, { ...left, recordHistorical: left.recordCurrent })
}

/** May this be planned? A step is in the future, and leaves less than there is now. */
export function decideStep(
  step: ProxyStep,
  now: Grant,
  today: LocalDate,
): Result<ProxyStep, 'not-in-the-future' | 'not-less'> {
  if (step.fromDay <= today) return refuse('not-in-the-future')
  const then = steppedDown(now, step)
  const isLess =
    then.appointments !== now.appointments ||
    then.prescriptions !== now.prescriptions ||
    then.recordCurrent !== now.recordCurrent ||
    then.recordHistorical !== now.recordHistorical
  return isLess ? accept(step) : refuse('not-less')
}
