/** Writes generated.ts, the typed documents of operations.graphql, from the contract: `node web/graphql/generate.ts`. */
import { readFile, writeFile } from 'node:fs/promises'
import { codegen } from '@graphql-codegen/core'
import * as typedDocumentNode from '@graphql-codegen/typed-document-node'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { parse } from 'graphql'

const at = (path: string) => new URL(path, import.meta.url)
const scalars = { DateTime: 'string', GeoJSON: 'import("geojson").Polygon | import("geojson").MultiPolygon' }

const output = await codegen({
  filename: 'web/graphql/generated.ts',
  schema: parse(await readFile(at('../../server/graphql/schema.graphql'), 'utf8')),
  documents: [{ location: 'operations.graphql', document: parse(await readFile(at('operations.graphql'), 'utf8')) }],
  config: {},
  plugins: [
    {
      typescriptOperations: {
        scalars,
        enumsAsTypes: true,
        useTypeImports: true,
        avoidOptionals: false,
        maybeValue: 'T | null',
      },
    },
    { typedDocumentNode: { useTypeImports: true } },
  ],
  pluginMap: { typescriptOperations, typedDocumentNode },
})
await writeFile(at('generated.ts'), `/* Written by generate.ts; do not edit. */\n${output}`)
