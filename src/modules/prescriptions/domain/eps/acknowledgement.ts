import { itemsOf, memberAt, memberOf, textOf, type Json } from './json.ts'

/** What came back over HTTP. `status` is 0 where nothing did. */
export interface Reply {
  readonly status: number
  readonly body: Json
}

/** Why a message was not taken, by code and in the words of whoever refused it. */
export interface Refusal {
  readonly code: string
  readonly words: string
}

/**
 * What a reply to a prescription means. `unclear`: nobody can tell whether it was taken, so the same
 * message is sent again; the receiver knows it by its id.
 */
export type Acknowledgement =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'rejected'; readonly reasons: readonly Refusal[] }
  | { readonly outcome: 'unclear'; readonly fault: string }

/**
 * Reads a reply. Accepted is only what says so: an outcome without an error, a message response that
 * is ok and refuses no item, or that the very prescription is there already. Rejected is what says
 * why. All else, such as a timeout, an empty answer or a server's fault, is unclear.
 *
 * Source: EPS examples of errors and of prescription-order-response, 30 April 2026.
 */
export function readAcknowledgement({ status, body }: Reply): Acknowledgement {
  if (status === 0) return { outcome: 'unclear', fault: 'no answer' }
  if (status >= 500 || passing.has(status)) return { outcome: 'unclear', fault: `answer ${status}` }
  const read = textOf(memberOf(body, 'resourceType'))
  if (read === 'OperationOutcome') return readOutcome(status, body)
  if (read === 'Bundle' && status < 300) return readResponse(body)
  if (status >= 400) {
    return {
      outcome: 'rejected',
      reasons: [{ code: String(status), words: 'No reason was given' }],
    }
  }
  return { outcome: 'unclear', fault: `answer ${status} that says nothing of the message` }
}

/** Not signed in, timed out, too early, too many: the same may be taken later. */
const passing: ReadonlySet<number> = new Set([401, 403, 407, 408, 425, 429])

function readOutcome(status: number, body: Json): Acknowledgement {
  const issues = itemsOf(memberOf(body, 'issue'))
  if (issues.length === 0) return { outcome: 'unclear', fault: `answer ${status} without an issue` }
  const faults = issues.filter((issue) =>
    ['error', 'fatal'].includes(textOf(memberOf(issue, 'severity')) ?? ''),
  )
  if (faults.length === 0) {
    return status < 300
      ? { outcome: 'accepted' }
      : { outcome: 'rejected', reasons: [{ code: String(status), words: 'No reason was given' }] }
  }
  const reasons = faults.map(refusalOf)
  const isThere = reasons.every(({ code }) => alreadyThere.has(code))
  return isThere ? { outcome: 'accepted' } : { outcome: 'rejected', reasons }
}

/** Its id is made for this message alone, so that it is there means an earlier try was taken. */
const alreadyThere: ReadonlySet<string> = new Set(['DUPLICATE_PRESCRIPTION_ID'])

function refusalOf(issue: Json): Refusal {
  const [coding] = itemsOf(memberAt(issue, 'details', 'coding'))
  const code = textOf(memberOf(coding, 'code')) ?? textOf(memberOf(issue, 'code')) ?? 'unknown'
  const words =
    textOf(memberOf(issue, 'diagnostics')) ??
    textOf(memberOf(coding, 'display')) ??
    textOf(memberAt(issue, 'details', 'text')) ??
    'No reason was given'
  return { code, words: words.slice(0, 300) }
}

/** A message that answers: its header says whether the whole was taken, its items each their own. */
function readResponse(body: Json): Acknowledgement {
  const resources = itemsOf(memberOf(body, 'entry')).map((entry) => memberOf(entry, 'resource'))
  const header = resources.find((one) => memberOf(one, 'resourceType') === 'MessageHeader')
  const said = textOf(memberAt(header, 'response', 'code'))
  if (said === 'transient-error') return { outcome: 'unclear', fault: 'a passing fault' }
  const reasons = resources.flatMap(statusReasonsOf)
  if (said === 'ok' && reasons.length === 0) return { outcome: 'accepted' }
  if (said === undefined) return { outcome: 'unclear', fault: 'a message that answers nothing' }
  const none = [{ code: said, words: 'No reason was given' }]
  return { outcome: 'rejected', reasons: reasons.length > 0 ? reasons : none }
}

const statusCodes = 'https://fhir.nhs.uk/CodeSystem/medicationrequest-status-history'

/** What is said against a resource: under which extension has changed, the list of codes has not. */
function statusReasonsOf(resource: Json): readonly Refusal[] {
  return itemsOf(memberOf(resource, 'extension'))
    .flatMap((extension) => itemsOf(memberOf(extension, 'extension')))
    .map((part) => memberOf(part, 'valueCoding'))
    .filter((coding) => memberOf(coding, 'system') === statusCodes)
    .map((coding) => ({
      code: textOf(memberOf(coding, 'code')) ?? 'unknown',
      words: (textOf(memberOf(coding, 'display')) ?? 'No reason was given').slice(0, 300),
    }))
}
