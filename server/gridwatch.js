#!/usr/bin/env node
// Plain JavaScript, so that any Node can read it far enough to hand over to the right one.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { handOver } from './handOver.js'

const OLDEST_MAJOR = 24

if (Number(process.versions.node.split('.')[0]) >= OLDEST_MAJOR) {
  const { main } = await import('./cli/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const node = ownNode()
  if (node === null || process.env.GRIDWATCH_REEXECUTED) {
    console.error(
      `gridwatch needs Node ${OLDEST_MAJOR} and this is ${process.versions.node}: run "npm install" in its folder, which brings the right one`,
    )
    process.exit(1)
  }
  handOver(node, process.argv.slice(1))
}

/** The Node that the `node` package of this project's dependencies brought. */
function ownNode() {
  try {
    const path = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node')
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}
