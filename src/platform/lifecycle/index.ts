export { serverFlags } from './server-flags.js'

/**
 * Calls back once when the process that started us through scripts/run.js is gone, even by kill -9:
 * the channel it holds to us then closes. Without such a parent it never calls. Does not keep the
 * process running.
 */
export function onParentGone(callback: () => void): void {
  if (!process.channel) return
  process.once('disconnect', callback)
  process.channel.unref()
}
