/** How to reach the database; `connectionString`, or the socket folder, user and name. */
export interface DatabaseSettings {
  readonly connectionString?: string
  /**
   * Where the database may be instead, such as its standby: asked in turn when it cannot be reached,
   * or takes no writes, where it is thought to be.
   */
  readonly elsewhere?: readonly string[]
  readonly host?: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
  readonly maxConnections?: number
  /** Told of every statement as it is sent, begin and commit included: one call a round trip. */
  readonly observe?: (sent: SentStatement) => void
}

/** A statement on its way to the database. */
export interface SentStatement {
  readonly text: string
  readonly name?: string
  readonly values: readonly unknown[]
}
