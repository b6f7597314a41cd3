/**
 * How a server's Node is started, wherever it is: its memory grows with what it holds, not with what
 * there is. Without these V8 lets twice 32 MiB of new objects and as much garbage again as is in use
 * gather; nothing is refused and nothing ends at a limit. Measured on Node 26 (docs/performance.md),
 * and left out on any other, which may not know them.
 */
export function serverFlags(version = process.versions.node) {
  if (!version.startsWith('26.')) return []
  return ['--max-semi-space-size=16', '--heap-growing-percent=40']
}
