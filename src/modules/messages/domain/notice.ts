import type { Id } from '#kernel/id'

export type NoticeId = Id<'Notice'>

/**
 * Whoever may not use a service is not told of it either. What is told of access is for the patient
 * alone; what is told of acting, for one who acts for them.
 */
export type NoticeService = 'appointments' | 'prescriptions' | 'record' | 'access' | 'acting'

/**
 * What a notice says: no clinic, medicine, test or clinician, since it may be read over a shoulder.
 * `path` leads to the thing itself, after sign-in. Source: DOMAIN NT-3.
 */
export interface NoticeText {
  readonly service: NoticeService
  readonly subject: string
  readonly body: string
  readonly path: string
  /**
   * For a young person alone: it goes nowhere but where they said that it is safe, since what is on
   * record is often a parent's.
   */
  readonly isPrivate?: boolean
}

/** What happened, by the job that is to tell it. */
export type NoticeKind =
  | 'appointments.send-confirmation'
  | 'appointments.send-cancellation'
  | 'appointments.send-moved'
  | 'appointments.send-clinic-cancelled'
  | 'appointments.send-clinic-changed'
  | 'appointments.send-offer'
  | 'appointments.send-waitlist-ended'
  | 'appointments.send-draw-result'
  | 'appointments.send-invitation'
  | 'prescriptions.send-received'
  | 'prescriptions.send-decision'
  | 'prescriptions.send-cancellation'
  | 'prescriptions.send-question'
  | 'prescriptions.send-ready'
  | 'prescriptions.send-pharmacy-news'
  | 'prescriptions.send-pharmacy-changed'
  | 'record.send-older-answer'
  | 'record.send-answer'
  | 'record.send-question'
  | 'registration.send-sign-up-link'
  | 'access.send-services-changed'
  | 'access.send-request-decided'
  | 'access.send-proxy-allowed'
  | 'access.send-proxy-ending'
  | 'access.send-acting-begun'
  | 'access.send-acting-ending'
  | 'access.send-acting-changes'
  | 'access.send-acting-paused'
  | 'access.send-acting-lowered'
  | 'access.send-birthday'
  | 'access.send-birthday-ahead'
  | 'access.send-sixteen'

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
  'appointments.send-moved': {
    service: 'appointments',
    subject: 'Your appointment was moved',
    body: 'See the new date and time in your appointments.',
    path: '/appointments',
    idIn: 'appointmentId',
  },
  'appointments.send-clinic-cancelled': {
    service: 'appointments',
    subject: 'Your GP surgery cancelled an appointment',
    body: 'See which one, why, and what is free instead, in your appointments.',
    path: '/appointments',
    idIn: 'appointmentId',
  },
  'appointments.send-clinic-changed': {
    service: 'appointments',
    subject: 'Your GP surgery changed an appointment',
    body: 'See what changed in your appointments. You can keep, move or cancel it.',
    path: '/appointments',
    idIn: 'appointmentId',
  },
  'appointments.send-offer': {
    service: 'appointments',
    subject: 'You are offered an appointment',
    body: 'It is kept for you for a short time. See when it is, and accept or decline it.',
    path: '/appointments/offers',
    idIn: 'offerId',
  },
  'appointments.send-waitlist-ended': {
    service: 'appointments',
    subject: 'You are no longer waiting for an earlier appointment',
    body: 'See why, and start again if you like, in your appointments.',
    path: '/appointments/waitlist',
  },
  'appointments.send-draw-result': {
    service: 'appointments',
    subject: 'The appointment draw is over',
    body: 'See whether you have an appointment, and what happens next.',
    path: '/appointments/draws',
    idIn: 'drawId',
  },
  'appointments.send-invitation': {
    service: 'appointments',
    subject: 'You are invited to book an appointment',
    body: 'See the times that are kept for you in your appointments.',
    path: '/appointments',
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
  'prescriptions.send-question': {
    service: 'prescriptions',
    subject: 'Your GP surgery has a question about your order',
    body: 'Your order waits for your answer. See the question in your orders.',
    path: '/prescriptions/orders',
    idIn: 'orderId',
  },
  'prescriptions.send-ready': {
    service: 'prescriptions',
    subject: 'Your order can be collected',
    body: 'See what is ready, and where to collect it, in your orders.',
    path: '/prescriptions/orders',
    idIn: 'orderId',
  },
  'prescriptions.send-pharmacy-news': {
    service: 'prescriptions',
    subject: 'There is news of your order',
    body: 'See what it is, and what to do next, in your orders.',
    path: '/prescriptions/orders',
    idIn: 'orderId',
  },
  'prescriptions.send-pharmacy-changed': {
    service: 'prescriptions',
    subject: 'Where your orders go was changed',
    body: 'See where they go now. If you did not change it, change it back or phone your GP surgery.',
    path: '/prescriptions/pharmacy',
  },
  'record.send-older-answer': {
    service: 'access',
    subject: 'Your GP surgery has answered you',
    body: 'You asked about online access. See the answer after you sign in.',
    path: '/record/older',
  },
  'record.send-answer': {
    service: 'access',
    subject: 'Your GP surgery answered what you asked',
    body: 'See the answer after you sign in.',
    path: '/record/ask',
  },
  'record.send-question': {
    service: 'access',
    subject: 'Your GP surgery has a question for you',
    body: 'See the question after you sign in. Only you can see it.',
    path: '/record/ask',
  },
  'registration.send-sign-up-link': {
    service: 'access',
    subject: 'Sign up for your GP surgery’s online services',
    body: 'Use the link, and the details that your GP surgery gave you.',
    path: '/sign-up/letter',
  },
  'access.send-services-changed': {
    service: 'access',
    subject: 'What you can do online has changed',
    body: 'See what is switched on for you. If you did not expect it, phone your GP surgery.',
    path: '/account/services',
  },
  'access.send-request-decided': {
    service: 'access',
    subject: 'Your GP surgery answered your request',
    body: 'See the answer beside your online services.',
    path: '/account/services',
  },
  'access.send-proxy-allowed': {
    service: 'access',
    subject: 'Who can act for you has changed',
    body: 'See who can act for you online, and end it there if you like.',
    path: '/account/sharing',
  },
  'access.send-proxy-ending': {
    service: 'access',
    subject: 'Somebody’s access for you ends soon',
    body: 'See whose, and when. Your GP surgery can let it go on.',
    path: '/account/sharing',
  },
  'access.send-acting-begun': {
    service: 'acting',
    subject: 'You can act for somebody now',
    body: 'See what you can do for them after you sign in.',
    path: '/home',
  },
  'access.send-acting-ending': {
    service: 'acting',
    subject: 'What you can do for somebody ends soon',
    body: 'If it is still needed, ask their GP surgery before it ends. It can go on.',
    path: '/account/acting-for',
  },
  'access.send-acting-changes': {
    service: 'acting',
    subject: 'What you can do for somebody changes on their birthday',
    body: 'It is paused that day, and looked at again. Their GP surgery can tell you more.',
    path: '/account/acting-for',
  },
  'access.send-acting-paused': {
    service: 'acting',
    subject: 'What you can do for somebody is paused',
    body: 'This happens on some birthdays. Their GP surgery can tell you what is possible next.',
    path: '/account/acting-for',
  },
  'access.send-acting-lowered': {
    service: 'acting',
    subject: 'What you can do for somebody has changed',
    body: 'See what you can do now after you sign in. Their GP surgery can tell you more.',
    path: '/home',
  },
  'access.send-birthday': {
    isPrivate: true,
    service: 'access',
    subject: 'Happy birthday: you can have online services of your own',
    body: 'What others could do for you online is paused. Ask your GP surgery about an account of your own.',
    path: '/account/sharing',
  },
  'access.send-sixteen': {
    service: 'access',
    subject: 'What you can use online has changed',
    body: 'See what you can use now in your account.',
    path: '/account/services',
  },
  'access.send-birthday-ahead': {
    isPrivate: true,
    service: 'access',
    subject: 'Online services change on your birthday',
    body: 'What others can do for you online is paused then, and looked at again with you. You can ask your GP surgery for an account of your own.',
    path: '/account/sharing',
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
