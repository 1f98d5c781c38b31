import { fileURLToPath } from 'node:url'
import { writeSchemas } from './writeSchemas.ts'

await writeSchemas(fileURLToPath(new URL('../../docs/schemas', import.meta.url)))
