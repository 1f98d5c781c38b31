/** A phone with OwnTracks, as its app posts. */

import type { Place } from './api.ts'
import { makeToken, type ServerProcess } from './serverProcess.ts'
import { STREET } from './stores.ts'

const KEY = 'phone-1'

export type Phone = {
  /** Tells where it is at a whole second (epoch ms); answers with the HTTP status. */
  send(place: Place, at: number): Promise<number>
}

export async function givePhone(server: ServerProcess, folder: string, worker: string): Promise<Phone> {
  const token = await makeToken(folder, 'device', STREET, ['--worker', worker, '--device', KEY])
  return {
    async send({ lng, lat }, at) {
      const response = await fetch(`${server.url}/feeds/owntracks/pub?u=worker&d=${KEY}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`worker:${token}`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          _type: 'location',
          tid: 'W1',
          lat,
          lon: lng,
          tst: Math.floor(at / 1000),
          acc: 5,
          batt: 80,
        }),
      })
      return response.status
    },
  }
}
