/** The thread that `threadRender.ts` begins: writes one file and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { ExportRefused } from './exportRefused.ts'
import type { Material } from './material.ts'
import { render } from './render.ts'
import type { FromThread } from './threadRender.ts'

/** Told no more often than this, so that telling costs nothing. */
const STEP = 0.01

function tell(message: FromThread): void {
  parentPort?.postMessage(message)
}

let told = 0
try {
  const rendered = await render(workerData as Material, share => {
    if (share - told < STEP) return
    told = share
    tell({ kind: 'progress', share })
  })
  tell({ kind: 'done', rendered })
} catch (error) {
  if (error instanceof ExportRefused) tell({ kind: 'refused', message: error.message })
  else throw error
}
