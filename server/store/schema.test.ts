import { getTableColumns, getTableName, isTable, type Table } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as postgres from './postgres/schema.ts'
import * as sqlite from './sqlite/schema.ts'
import { allTables } from './tables.ts'

const shapeOf = (schema: object) =>
  Object.fromEntries(
    Object.values(schema)
      .filter((member): member is Table => isTable(member))
      .map(table => [
        getTableName(table),
        Object.values(getTableColumns(table)).map(({ name, notNull, primary }) => ({ name, notNull, primary })),
      ]),
  )

test('both engines have the same tables and columns', () => {
  expect(shapeOf(postgres)).toEqual(shapeOf(sqlite))
})

test.for(allTables.map(table => [table.name, table] as const))(
  'the statements on %s name its columns',
  ([name, table]) => {
    expect(shapeOf(sqlite)[name]?.map(column => column.name)).toEqual(table.columns)
  },
)
