import type { Id } from '#kernel/id'

export type NoticeId = Id<'Notice'>

/** Whoever may not use a service is not told of it either. */
export type NoticeService = 'appointments' | 'prescriptions'

/**
 * What a notice says: no clinic, medicine, test or clinician, since it may be read over a shoulder.
 * `path` leads to the thing itself, after sign-in. Source: DOMAIN NT-3.
 */
export interface NoticeText {
  readonly service: NoticeService
  readonly subject: string
  readonly body: string
  readonly path: string
}

/** What happened, by the job that is to tell it. */
export type NoticeKind =
  | 'appointments.send-confirmation'
  | 'appointments.send-cancellation'
  | 'prescriptions.send-received'
  | 'prescriptions.send-decision'
  | 'prescriptions.send-cancellation'

/** What may be told. Where a job's payload has an id by the name `idIn`, the path ends with it. */
export const noticeTexts: Readonly<Record<NoticeKind, NoticeText & { readonly idIn?: string }>> = {
  'appointments.send-confirmation': {
    service: 'appointments',
    subject: 'Your booking is confirmed',
    body: 'See the date and time in your appointments.',
    path: '/appointments',
    idIn: 'appointmentId',
  },
  'appointments.send-cancellation': {
    service: 'appointments',
    subject: 'An appointment was cancelled',
    body: 'See which one, and book another, in your appointments.',
    path: '/appointments',
    idIn: 'appointmentId',
  },
  'prescriptions.send-received': {
    service: 'prescriptions',
    subject: 'Your GP surgery has your order',
    body: 'You can follow it in your orders.',
    path: '/prescriptions/orders',
    idIn: 'orderId',
  },
  'prescriptions.send-decision': {
    service: 'prescriptions',
    subject: 'There is news about your order',
    body: 'See what your GP surgery decided in your orders.',
    path: '/prescriptions/orders',
    idIn: 'orderId',
  },
  'prescriptions.send-cancellation': {
    service: 'prescriptions',
    subject: 'Part of your order was cancelled',
    body: 'See what was cancelled in your orders.',
    path: '/prescriptions/orders',
    idIn: 'orderId',
  },
}

/** The notice for a job: the path leads to the thing, or to the list where the job names none. */
export function noticeFor(
  kind: NoticeKind,
  payload: Readonly<Record<string, unknown>>,
): NoticeText {
  const { idIn, ...text } = noticeTexts[kind]
  const id = idIn === undefined ? undefined : payload[idIn]
  return typeof id === 'string' ? { ...text, path: `${text.path}/${id}` } : text
}
