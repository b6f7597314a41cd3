/**
 * The addresses that one connection string names, in its order. Several hosts are written as libpq
 * takes them: `postgres://user@one:5432,two:5433/name`, or, for sockets and plain parameters,
 * `postgres://user@/name?host=/one,/two&port=5432,5433`; one port is for all.
 */
export function addressesOf(connectionString: string): readonly string[] {
  const parts = /^([a-z]+:\/\/(?:[^@/]*@)?)([^/?]*)([^?]*)(?:\?(.*))?$/s.exec(connectionString)
  if (!parts) return [connectionString]
  const [, start = '', authority = '', name = '', query = ''] = parts
  const parameters = new URLSearchParams(query)
  // What only libpq knows: ours is that a database which takes no writes is passed over.
  parameters.delete('target_session_attrs')
  const hosts = (parameters.get('host') ?? '').split(',')
  const ports = (parameters.get('port') ?? '').split(',')
  const authorities = authority.split(',')
  return Array.from({ length: Math.max(hosts.length, authorities.length) }, (_, place) => {
    const own = new URLSearchParams(parameters)
    const host = hosts[place] ?? hosts[0]
    const port = ports[place] ?? ports[0]
    if (host) own.set('host', host)
    if (port) own.set('port', port)
    const rest = own.toString()
    const at = authorities[place] ?? authorities[0] ?? ''
    return `${start}${at}${name}${rest === '' ? '' : `?${rest}`}`
  })
}
