/** `node server/simulator/street/generate.ts`: writes the invented street to data/demo/. The same seed writes the same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { demoFiles } from './demoFiles.ts'

export const DEMO_FOLDER = new URL('../../../data/demo/', import.meta.url)

if (import.meta.main) {
  mkdirSync(DEMO_FOLDER, { recursive: true })
  for (const [name, text] of demoFiles()) {
    writeFileSync(new URL(name, DEMO_FOLDER), text)
    console.log(`${name}  ${text.length} characters`)
  }
}
