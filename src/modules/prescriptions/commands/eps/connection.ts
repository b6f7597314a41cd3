import { readFile } from 'node:fs/promises'
import type { NhsNumber } from '#kernel/nhs-number'
import type { EpsAddress } from '#platform/config'
import type { Reply } from '../../domain/eps/acknowledgement.ts'
import { parseJson } from '../../domain/eps/json.ts'

/** The prescribing system, and the service that follows prescriptions, over HTTPS. */
export interface EpsConnection {
  /** Sends a message. The same id again is the same message again, and is known by it. */
  post(messageId: string, body: string): Promise<Reply>
  /** Asks what pharmacies say of a patient's prescriptions; `undefined` where nobody can be asked. */
  ask(nhsNumber: NhsNumber, requestId: string): Promise<Reply | undefined>
}

const patienceMs = 20_000
const largestAnswer = 4 * 1024 * 1024

/** Opens nothing yet: each request is one of its own. Faults of the network are replies of status 0. */
export function connectEps({ url, tokenFile, trackingUrl }: EpsAddress): EpsConnection {
  const headersOf = async (requestId: string) => {
    const token = tokenFile === undefined ? undefined : (await readFile(tokenFile, 'utf8')).trim()
    return {
      accept: 'application/fhir+json',
      'x-request-id': requestId,
      'x-correlation-id': requestId,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }
  }
  return {
    post: async (messageId, body) => {
      const headers = { ...(await headersOf(messageId)), 'content-type': 'application/fhir+json' }
      return answerTo(`${url}/$process-message`, { method: 'POST', headers, body })
    },
    ask: async (nhsNumber, requestId) => {
      if (trackingUrl === undefined) return undefined
      // A number that names a person is kept out of addresses, which proxies write down.
      const headers = { ...(await headersOf(requestId)), 'nhsd-nhs-number': nhsNumber }
      return answerTo(`${trackingUrl}/Bundle`, { method: 'GET', headers })
    },
  }
}

async function answerTo(address: string, request: RequestInit): Promise<Reply> {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await fetch(address, { ...request, redirect: 'error', signal })
    const text = await answer.text()
    return {
      status: answer.status,
      body: text.length > largestAnswer ? undefined : parseJson(text),
    }
  } catch {
    return { status: 0, body: undefined }
  }
}
