/** What was made of pieces of texts before, found again without cutting the piece out. */
export interface Remembered<Made> {
  /** What was made of the piece from `from` to `to`, `to` excluded, or is made of it now. */
  readonly of: (text: string, from: number, to: number) => Made
}

/** A piece and what was made of it, together: to find one is to have the other. */
interface Memory<Made> {
  readonly piece: string
  readonly made: Made
}

/**
 * Remembers up to `most` things that were made of short pieces, and then begins anew. What `make`
 * gives may depend on nothing but the piece.
 */
export function makeRemembered<Made>(
  most: number,
  longest: number,
  make: (piece: string) => Made,
): Remembered<Made> {
  const size = 2 ** Math.ceil(Math.log2(most * 2))
  const slots: (Memory<Made> | undefined)[] = Array.from({ length: size }, () => undefined)
  const last = size - 1
  let count = 0
  const add = (piece: string, hash: number, slot: number) => {
    if (count === most) {
      slots.fill(undefined)
      count = 0
      slot = hash & last
    }
    const made = make(piece)
    slots[slot] = { piece, made }
    count++
    return made
  }
  return {
    of: (text, from, to) => {
      if (to - from > longest) return make(text.slice(from, to))
      let hash = to - from
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93)
      hash ^= hash >>> 15
      let slot = hash & last
      for (let memory = slots[slot]; memory; memory = slots[slot]) {
        if (stands(memory.piece, text, from, to)) return memory.made
        slot = (slot + 1) & last
      }
      return add(text.slice(from, to), hash, slot)
    },
  }
}

function stands(piece: string, text: string, from: number, to: number): boolean {
  if (piece.length !== to - from) return false
  for (let at = from; at < to; at++)
    if (piece.charCodeAt(at - from) !== text.charCodeAt(at)) return false
  return true
}
