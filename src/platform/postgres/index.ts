export { runningEmbedded } from './attach.ts'
export { startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from './embedded.ts'
export { type ConnectionSettings } from './connection.ts'
export { StartFailure } from './start-failure.ts'
