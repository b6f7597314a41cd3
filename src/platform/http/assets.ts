import type { FastifyInstance } from 'fastify'
import type { Assets } from '#platform/html'

/** Serves styles, script and icons under paths that carry their hash, to be kept for a year. */
export function serveAssets(app: FastifyInstance, assets: Assets): void {
  for (const file of [assets.styles, assets.script, ...assets.files]) {
    app.get(file.path, { config: { isAlwaysAnswered: true } }, async (request, reply) => {
      const accepted = request.headers['accept-encoding'] ?? ''
      void reply.type(file.type).header('cache-control', 'public, max-age=31536000, immutable')
      void reply.header('vary', 'accept-encoding')
      if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(file.brotli)
      if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(file.gzip)
      return reply.send(file.body)
    })
  }
}
