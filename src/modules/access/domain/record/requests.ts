import type { Id } from '#kernel/id'

export type RecordRequestId = Id<'RecordRequest'>

/** What became of asking for older records. */
export type RequestState = 'waiting' | 'granted' | 'refused' | 'withdrawn'

/** Days in which a practice answers: the clock of a subject access request. Source: DOMAIN RD-11. */
export const answerWithinDays = 30
