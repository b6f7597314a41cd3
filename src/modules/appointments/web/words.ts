import { formatDayAndTime, formatTime } from '#kernel/time'
import type { BookingMethod, DeliveryChannel } from '../domain/slot.ts'

const channels: Readonly<Record<DeliveryChannel, string>> = {
  'in-person': 'in person',
  telephone: 'by telephone',
  video: 'by video',
}

/** In person, by telephone, by video: in the middle of a sentence. */
export function formatChannel(channel: DeliveryChannel): string {
  return channels[channel]
}

/** As `formatChannel`, at the beginning of a line. */
export function formatChannelAlone(channel: DeliveryChannel | undefined): string {
  if (!channel) return 'Ask your GP surgery'
  const words = channels[channel]
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** 9:05am in person with Dr Okafor. */
export function formatChoice(slot: {
  readonly startsAt: Date
  readonly deliveryChannel?: DeliveryChannel
  readonly clinician?: string
}): string {
  return `${formatTime(slot.startsAt)}${how(slot)}`
}

/** Monday 2 March 2026 at 9:05am in person with Dr Okafor. */
export function formatChoiceWithDay(slot: Parameters<typeof formatChoice>[0]): string {
  return `${formatDayAndTime(slot.startsAt)}${how(slot)}`
}

function how(slot: Parameters<typeof formatChoice>[0]): string {
  const channel = slot.deliveryChannel ? ` ${formatChannel(slot.deliveryChannel)}` : ''
  const clinician = slot.clinician === undefined ? '' : ` with ${slot.clinician}`
  return channel + clinician
}

/** What patients read of an appointment's kind; nothing where it has no slot type. */
export function formatKind(of: {
  readonly slotTypeId?: string
  readonly slotType: string
  readonly publicName?: string
}): string | undefined {
  if (of.slotTypeId === undefined) return undefined
  return of.publicName || of.slotType
}

const methods: Readonly<Record<BookingMethod, string>> = {
  online: 'online',
  phone: 'by phone',
  'in-person': 'at your GP surgery',
  letter: 'by letter',
  waitlist: 'from the waiting list',
  draw: 'in a draw',
  'gp-connect': 'by another service',
}

/** How it was booked, after "Booked": by phone, at your GP surgery. */
export function formatMethod(method: BookingMethod): string {
  return methods[method]
}
