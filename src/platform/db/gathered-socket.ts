import { Socket } from 'node:net'

/**
 * A socket that sends what is written within one turn of the event loop as one piece. Statements of
 * a transaction that do not wait for one another then cost one write to the database, not one each;
 * writes are a large part of what a request costs the server.
 */
export function gatheredSocket(): Socket {
  const socket = new Socket()
  // Connecting gives a socket its own way of writing back, so ours comes after it.
  socket.once('connect', () => gatherWrites(socket))
  return socket
}

function gatherWrites(socket: Socket): void {
  const write = socket.write.bind(socket)
  let waiting: Uint8Array[] = []
  const flush = () => {
    const pieces = waiting
    waiting = []
    if (pieces.length > 0 && socket.writable) write(Buffer.concat(pieces))
  }
  Object.assign(socket, {
    write: (piece: Uint8Array, sent?: () => void) => {
      if (sent) {
        flush()
        return write(piece, sent)
      }
      if (waiting.length === 0) process.nextTick(flush)
      waiting.push(piece)
      return true
    },
  })
}
