import { accept, refuse, type Result } from '#kernel/result'

/**
 * How far somebody is known who reaches no patient: they told a surgery who they are, or NHS login
 * knows them that well. Source: DOMAIN ACC-8, ID-1.
 */
export type Standing = 'asked' | 'P0' | 'P5' | 'P9'

/** What there is to do with the one first appointment; `home` is to see how things stand. */
export type FirstStep = 'home' | 'book' | 'see' | 'cancel'

/**
 * What each may do before identity is proved, and nothing else. Whoever asked a surgery books one
 * appointment, and sees and cancels that one, which holds nothing but what they typed (ACC-8). At P0
 * somebody books, and neither views nor manages (ID-1). P5 and P9 that no surgery has found are told
 * apart from P0 by who they are, which is known: they do what whoever asked may do.
 */
const opens: Readonly<Record<Standing, readonly FirstStep[]>> = {
  asked: ['home', 'book', 'see', 'cancel'],
  P0: ['home', 'book'],
  P5: ['home', 'book', 'see', 'cancel'],
  P9: ['home', 'book', 'see', 'cancel'],
}

/** What somebody asked a surgery for, as it stands now. */
export interface Application {
  /** How many people who are not checked the surgery lets hold an appointment at once. */
  readonly firstAppointments: number
  /** Whether the surgery's appointments are online at all. */
  readonly practiceAppointments: boolean
  readonly closedWhy?: 'proved' | 'surgery' | 'unused'
}

/** Why somebody not proved may not do this, each with who decides it. */
export type LimitedRefusal = 'closed' | 'surgery-offers-none' | 'not-at-this-level'

/**
 * May somebody with this standing do this now? What a surgery closes or turns off, and a level that
 * fell, holds from the next request on. What is booked can still be seen and cancelled.
 */
export function decideLimited(
  standing: Standing,
  step: FirstStep,
  application: Application,
): Result<undefined, LimitedRefusal> {
  if (application.closedWhy !== undefined) return refuse('closed')
  if (!opens[standing].includes(step)) return refuse('not-at-this-level')
  const isOffered = application.practiceAppointments && application.firstAppointments > 0
  if (step === 'book' && !isOffered) return refuse('surgery-offers-none')
  return accept(undefined)
}
