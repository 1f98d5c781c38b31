/** The server's heat engine in this process, so that it and the peer are asked across the same boundary. */
import type { Viewer } from '../../server/access/viewer.ts'
import { mirrorKeeper } from '../../server/heat/mirror/keeper.ts'
import { mirrorFile } from '../../server/heat/mirror/mirrorFile.ts'
import { scanThreads } from '../../server/heat/mirror/scanThreads.ts'
import { mirrorHeat } from '../../server/heat/mirrorHeat.ts'
import { openApp } from '../../server/openApp.ts'
import type { Folder } from '../harness/folder.ts'

export function leaderOf(area: string): Viewer {
  return { tokenId: 'bench', role: 'leader', areas: [area], worker: null, leads: [], device: null, name: null }
}

export async function openEngine({ databaseUrl }: Folder) {
  const app = await openApp({ GRIDWATCH_DATABASE_URL: databaseUrl })
  const keeper = mirrorKeeper(app, mirrorFile(databaseUrl))
  // As many as the peer has.
  const threads = scanThreads(2)
  await keeper.ready
  return {
    app,
    heat: mirrorHeat(app, keeper, threads),
    async close() {
      await Promise.all([keeper.close(), threads.close()])
      await app.store.close()
    },
  }
}
