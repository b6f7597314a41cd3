import type { FastifyReply } from 'fastify'
import { localDateOf } from '#kernel/time'
import { NotFound } from '#platform/http'
import { writtenAt } from '../../domain/disclosure.ts'
import { fileKind, viewableAs } from './document-page.tsx'
import type { documentFile } from './record-pages.tsx'

/** Sends a file so that no browser runs it, shows it in place, or keeps it; its name says only a date. */
export function sendFile(
  reply: FastifyReply,
  file: Awaited<ReturnType<typeof documentFile>>,
): FastifyReply {
  const { contentType, ending } = fileKind(file.contentType)
  const day = localDateOf(file.entry.clinicalAt ?? writtenAt(file.entry))
  return reply
    .header('content-disposition', `attachment; filename="document-${day}.${ending}"`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .type(contentType)
    .send(file.bytes)
}

/** Sends a file that a browser shows by itself, and runs nothing of; what it cannot show is not there. */
export function sendInPlace(
  reply: FastifyReply,
  file: Awaited<ReturnType<typeof documentFile>>,
): FastifyReply {
  if (!viewableAs(file.contentType)) throw new NotFound()
  const { contentType } = fileKind(file.contentType)
  return reply
    .header('content-disposition', 'inline')
    .header(
      'content-security-policy',
      "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    .type(contentType)
    .send(file.bytes)
}
