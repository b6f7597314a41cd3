import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Keeps what the provider must remember in memory: it forgets everything when it stops. */
export function memoryStore(): (name: string) => Adapter {
  const kept = new Map<string, AdapterPayload>()
  const find = (test: (payload: AdapterPayload) => boolean) =>
    Promise.resolve([...kept.values()].find(test))
  return (name) => {
    const key = (id: string) => `${name}:${id}`
    return {
      upsert: (id, payload) => {
        kept.set(key(id), payload)
        return Promise.resolve()
      },
      find: (id) => Promise.resolve(kept.get(key(id))),
      findByUid: (uid) => find((payload) => payload.uid === uid),
      findByUserCode: (userCode) => find((payload) => payload.userCode === userCode),
      consume: (id) => {
        const payload = kept.get(key(id))
        if (payload) kept.set(key(id), { ...payload, consumed: Math.floor(Date.now() / 1000) })
        return Promise.resolve()
      },
      destroy: (id) => {
        kept.delete(key(id))
        return Promise.resolve()
      },
      revokeByGrantId: (grantId) => {
        for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id)
        return Promise.resolve()
      },
    }
  }
}
