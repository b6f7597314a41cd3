import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isPrescriptionId } from '../../src/modules/prescriptions/domain/eps/prescription-id.ts'
import {
  itemsOf,
  memberAt,
  memberOf,
  textOf,
} from '../../src/modules/prescriptions/domain/eps/json.ts'

/** What one request for a prescription is answered with. */
export type EpsAnswer =
  | 'accept'
  | 'refuse'
  | 'server-fault'
  | 'not-signed-in'
  /** Takes the message and answers nothing: the line goes dead. */
  | 'take-and-break-off'
  | 'break-off'

/** A status that a pharmacy reported, by the id of the line it was sent as. */
export interface ReportedStatus {
  readonly lineId: string
  readonly status: string
  readonly at: string
}

/** One line of a prescription, as it was taken. */
export interface TakenLine {
  readonly lineId: string
  readonly drug: string
  readonly pharmacy: string
}

/** A prescription that was taken: once, however often it came. */
export interface TakenPrescription {
  readonly prescriptionId: string
  readonly messageId: string
  readonly nhsNumber: string
  readonly lines: readonly TakenLine[]
}

/** A prescription service on this machine, which speaks HTTP and the shapes of the published examples. */
export interface EpsServer {
  readonly url: string
  readonly token: string
  /** How many requests came, sent again or not. */
  readonly posts: readonly { readonly requestId: string; readonly body: string }[]
  readonly taken: readonly TakenPrescription[]
  /** How the next requests are answered, one each; after them all are accepted. */
  answerWith(...answers: readonly EpsAnswer[]): void
  /** The next message is taken and not answered; resolves when it was taken. */
  holdNext(): Promise<void>
  report(...statuses: readonly ReportedStatus[]): void
  /** Whether asking for statuses fails. */
  isTrackingBroken: boolean
  close(): Promise<void>
}

/** Starts a stand-in on a free port of this machine. */
export async function openEpsServer(): Promise<EpsServer> {
  const posts: { requestId: string; body: string }[] = []
  const taken = new Map<string, TakenPrescription>()
  const answers: EpsAnswer[] = []
  const reported: ReportedStatus[] = []
  const token = 'a token for tests'
  let held: (() => void) | undefined

  const server = createServer((request, response) => {
    void answer(request, response)
  })
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await textFrom(request)
    if (request.headers.authorization !== `Bearer ${token}`)
      return send(response, 401, outcome('login'))
    if (request.method === 'POST' && request.url?.endsWith('/$process-message')) {
      posts.push({ requestId: String(request.headers['x-request-id']), body })
      return process(response, body, answers.shift() ?? 'accept')
    }
    if (request.method === 'GET' && request.url?.endsWith('/Bundle')) {
      if (stand.isTrackingBroken) return send(response, 500, outcome('security'))
      const nhsNumber = String(request.headers['nhsd-nhs-number'])
      const own = [...taken.values()].filter((one) => one.nhsNumber === nhsNumber)
      return send(response, 200, searchset(own, reported))
    }
    send(response, 404, outcome('not-found'))
  }
  const process = (response: ServerResponse, body: string, how: EpsAnswer) => {
    if (how === 'break-off') return response.destroy()
    if (how === 'server-fault') return send(response, 500, outcome('exception'))
    if (how === 'not-signed-in') return send(response, 401, outcome('login'))
    const read = readMessage(JSON.parse(body))
    if (how === 'refuse' || !isPrescriptionId(read.prescriptionId))
      return send(response, 400, checksumRefusal)
    // As the service itself does: a message known by its id is answered as before, a prescription
    // known by its number under another id is a duplicate.
    const known = taken.get(read.prescriptionId)
    if (known && known.messageId !== read.messageId) return send(response, 400, duplicate)
    taken.set(read.prescriptionId, read)
    if (held) {
      held()
      held = undefined
      return
    }
    if (how === 'take-and-break-off') return response.destroy()
    send(response, 200, {
      resourceType: 'OperationOutcome',
      issue: [{ code: 'informational', severity: 'information' }],
    })
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const stand: EpsServer = {
    url: `http://127.0.0.1:${port}/electronic-prescriptions/FHIR/R4`,
    token,
    posts,
    get taken() {
      return [...taken.values()]
    },
    answerWith: (...next) => answers.push(...next),
    holdNext: () =>
      new Promise((resolve) => {
        held = resolve
      }),
    report: (...statuses) => reported.push(...statuses),
    isTrackingBroken: false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return stand
}

async function textFrom(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json; fhirVersion=4.0' })
  response.end(JSON.stringify(body))
}

function readMessage(bundle: unknown): TakenPrescription {
  const resources = itemsOf(memberOf(bundle, 'entry')).map((entry) => memberOf(entry, 'resource'))
  const ofType = (type: string) =>
    resources.filter((resource) => memberOf(resource, 'resourceType') === type)
  const requests = ofType('MedicationRequest')
  const first = (json: unknown) => itemsOf(json)[0]
  const [patient] = ofType('Patient')
  return {
    prescriptionId: textOf(memberAt(requests[0], 'groupIdentifier', 'value')) ?? '',
    messageId: textOf(memberAt(bundle, 'identifier', 'value')) ?? '',
    nhsNumber: textOf(memberOf(first(memberOf(patient, 'identifier')), 'value')) ?? '',
    lines: requests.map((request) => ({
      lineId: textOf(memberOf(first(memberOf(request, 'identifier')), 'value')) ?? '',
      drug:
        textOf(memberOf(first(memberAt(request, 'medicationCodeableConcept', 'coding')), 'code')) ??
        '',
      pharmacy:
        textOf(memberAt(request, 'dispenseRequest', 'performer', 'identifier', 'value')) ?? '',
    })),
  }
}

function outcome(code: string) {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] }
}

const coded = (code: string, severity: string, of: { code: string; display: string }) => ({
  resourceType: 'OperationOutcome',
  issue: [
    {
      code,
      severity,
      details: {
        coding: [{ system: 'https://fhir.nhs.uk/CodeSystem/Spine-ErrorOrWarningCode', ...of }],
      },
    },
  ],
})

const checksumRefusal = coded('processing', 'error', {
  code: 'FAILURE_TO_PROCESS_MESSAGE',
  display:
    'Unable to process message. Information missing or invalid - prescriptionID has invalid checksum',
})

const duplicate = coded('duplicate', 'error', {
  code: 'DUPLICATE_PRESCRIPTION_ID',
  display: 'Duplicate prescription ID exists',
})

/** What a patient's prescriptions look like from outside: a collection each, in one searchset. */
function searchset(
  prescriptions: readonly TakenPrescription[],
  reported: readonly ReportedStatus[],
): unknown {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: prescriptions.length,
    entry: prescriptions.map(({ prescriptionId, nhsNumber, lines }) => ({
      search: { mode: 'match' },
      resource: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: lines.map(({ lineId, drug }) => ({
          fullUrl: `urn:uuid:${lineId}`,
          resource: {
            resourceType: 'MedicationRequest',
            status: 'active',
            intent: 'order',
            medicationCodeableConcept: {
              coding: [{ system: 'http://snomed.info/sct', code: drug }],
            },
            subject: {
              identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber },
            },
            groupIdentifier: {
              system: 'https://fhir.nhs.uk/Id/prescription-order-number',
              value: prescriptionId,
            },
            extension: statusesOf(lineId, reported),
          },
        })),
      },
    })),
  }
}

function statusesOf(lineId: string, reported: readonly ReportedStatus[]): readonly unknown[] {
  const own = reported.filter((one) => one.lineId === lineId)
  const said =
    own.length > 0 ? own : [{ status: 'Prescriber Approved', at: '2020-01-01T00:00:00Z' }]
  return said.map(({ status, at }) => ({
    url: 'https://fhir.nhs.uk/StructureDefinition/Extension-DM-PrescriptionStatusHistory',
    extension: [
      { url: 'statusDate', valueDateTime: at },
      {
        url: 'status',
        valueCoding: {
          system: 'https://fhir.nhs.uk/CodeSystem/task-businessStatus-nppt',
          code: status,
        },
      },
    ],
  }))
}
