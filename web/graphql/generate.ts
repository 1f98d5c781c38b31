/** Writes the typed documents of each face, from the contract: `node web/graphql/generate.ts`. A face loads only its own. */
import { readFile, writeFile } from 'node:fs/promises'
import { codegen } from '@graphql-codegen/core'
import * as typedDocumentNode from '@graphql-codegen/typed-document-node'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { type DocumentNode, parse, print, stripIgnoredCharacters } from 'graphql'

const at = (path: string) => new URL(path, import.meta.url)
const scalars = { DateTime: 'string', GeoJSON: 'import("geojson").Polygon | import("geojson").MultiPolygon' }

const schema = parse(await readFile(at('../../server/graphql/schema.graphql'), 'utf8'))

for (const folder of ['web/graphql', 'web/studio', 'web/areas']) {
  const operations = parse(await readFile(at(`../../${folder}/operations.graphql`), 'utf8'))
  const output = await codegen({
    filename: `${folder}/generated.ts`,
    schema,
    documents: [{ location: 'operations.graphql', document: operations }],
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
  await writeFile(at(`../../${folder}/generated.ts`), `/* Written by generate.ts; do not edit. */\n${output}`)
  if (folder === 'web/graphql') await writeText('WallFrame', operations)
}

/** What is asked for before there is a client comes as text. */
async function writeText(name: string, { definitions }: DocumentNode): Promise<void> {
  const found = definitions.find(each => each.kind === 'OperationDefinition' && each.name?.value === name)
  if (!found) throw new Error(`operations.graphql has no ${name}`)
  const text = `export const frameText = '${stripIgnoredCharacters(print(found))}'\n`
  await writeFile(at('./frameText.ts'), `/* Written by generate.ts; do not edit. */\n${text}`)
}
