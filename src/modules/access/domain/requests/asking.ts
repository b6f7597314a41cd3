import { accept, refuse, type Result } from '#kernel/result'
import { lowerLevel, type Permissions, type RecordLevel, type Service } from '../services.ts'

/** What can be asked for: seeing and changing, or a level of the record. */
export type AskedLevel = 'manage' | Exclude<RecordLevel, 'none'>

/** One thing that a patient asks to have. */
export interface Asking {
  readonly service: Service
  readonly level: AskedLevel
}

/** Why a request is not taken. */
export type AskingRefusal = 'not-higher' | 'practice-does-not-offer' | 'no-such-level'

/** May this be asked for? A request may only raise what the person has. Source: DOMAIN ACC-9. */
export function decideAsking(
  asked: Asking,
  now: Permissions,
  practice: { readonly appointments: boolean; readonly prescriptions: boolean },
): Result<Asking, AskingRefusal> {
  const { service, level } = asked
  if (service === 'record') {
    if (level === 'manage') return refuse('no-such-level')
    if (lowerLevel(level, now.practiceRecordLevel) !== level)
      return refuse('practice-does-not-offer')
    const has = now.recordCurrent
    return has !== level && lowerLevel(has, level) === has ? accept(asked) : refuse('not-higher')
  }
  if (level !== 'manage') return refuse('no-such-level')
  if (!practice[service]) return refuse('practice-does-not-offer')
  return now[service] === 'manage' ? refuse('not-higher') : accept(asked)
}

/** Levels of the record that are worth asking for, lowest first. */
export function recordLevelsToAsk(now: Permissions): readonly Exclude<RecordLevel, 'none'>[] {
  return (['summary', 'detailed', 'documents', 'full'] as const).filter(
    (level) =>
      level !== now.recordCurrent &&
      lowerLevel(now.recordCurrent, level) === now.recordCurrent &&
      lowerLevel(level, now.practiceRecordLevel) === level,
  )
}
