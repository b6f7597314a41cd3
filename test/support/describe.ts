import type pg from 'pg'

/** A column that a statement gives back. */
export interface Column {
  readonly name: string
  readonly typeId: number
}

/** What the server says of a statement without running it: its columns, or why it does not fit the schema. */
export function describeStatement(
  client: pg.Client,
  text: string,
): Promise<readonly Column[] | Error> {
  return new Promise((resolve) => {
    let columns: readonly Column[] = []
    const asked = {
      submit(connection: pg.Connection) {
        connection.parse({ name: '', text, types: [] }, true)
        connection.describe({ type: 'S', name: '' }, true)
        connection.sync()
      },
      handleRowDescription(message: {
        readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
      }) {
        columns = message.fields.map((field) => ({ name: field.name, typeId: field.dataTypeID }))
      },
      handleParseComplete: () => undefined,
      handleError: (fault: Error) => resolve(fault),
      handleReadyForQuery: () => resolve(columns),
    }
    client.query(asked as unknown as pg.Submittable)
  })
}
