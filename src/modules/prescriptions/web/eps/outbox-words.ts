import type { OpenAlert } from '../../queries/eps/outbox.ts'
import type { MessageState } from '../../queries/eps/messages.ts'
import type { PaperReason } from '../../domain/eps/electronic.ts'

/** Where a prescription stands, for staff. */
export function formatMessageState(state: MessageState): string {
  switch (state) {
    case 'waiting':
      return 'Waiting to be sent'
    case 'accepted':
      return 'Sent'
    case 'rejected':
      return 'Refused'
    case 'failed':
      return 'Could not be sent'
    case 'on-paper':
      return 'Put on paper'
    case 'sent-anew':
      return 'Replaced by another prescription'
  }
}

/** What an alert says happened, and what to do about it. */
export function formatAlert({ kind, words, pharmacyName }: OpenAlert): {
  readonly what: string
  readonly next: string
} {
  const phone = `Phone ${pharmacyName} to ask how it stands.`
  switch (kind) {
    case 'unknown-status':
      return {
        what: `The pharmacy reported “${words}”, which this service does not know. Nothing was changed.`,
        next: phone,
      }
    case 'unread-status':
      return {
        what: 'Part of what the pharmacy reported could not be read. Nothing was changed by it.',
        next: phone,
      }
    case 'after-withdrawal':
      return {
        what: 'The pharmacy reported on an item that was withdrawn here. It may be given out.',
        next: `Phone ${pharmacyName} now, and tell the patient.`,
      }
    case 'accepted-too-late':
      return {
        what: 'An item was withdrawn while it was being sent, so the pharmacy can have it.',
        next: `Phone ${pharmacyName} now and ask them not to give it out.`,
      }
  }
}

/** Why an item goes on paper, as staff read it: what is missing and who can put it right. */
export function formatPaperReason(why: PaperReason): string {
  switch (why) {
    case 'pharmacy-closed':
      return 'The pharmacy of the order has closed'
    case 'practice-not-set-up':
      return 'The practice is not set up for electronic prescriptions'
    case 'prescriber-not-set-up':
      return 'The prescriber is not set up for electronic prescriptions'
    case 'patient-details':
      return 'The patient has no address with a postcode in the record'
    case 'no-drug-code':
      return 'The record has no drug dictionary code for this medicine'
    case 'quantity-unclear':
      return 'The quantity is not a number of a known unit, such as 28 tablets'
    case 'no-dose':
      return 'The record has no dose for this medicine'
    case 'rejected':
      return 'The prescription service refused it'
    case 'practice-choice':
      return 'The practice put it on paper'
  }
}
