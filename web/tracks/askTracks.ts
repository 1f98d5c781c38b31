import { readTrackLine, type Track, type TrackLine } from '#domain/worker/trackLine.ts'

export type TracksAsked = {
  readonly workers: readonly string[]
  readonly from: number
  readonly to: number
  readonly reason: string
}

/** Why there are no tracks: nobody here may look, they are not of these areas, or what the server says of the question. */
export type TracksProblem = 'forbidden' | 'notFound' | 'unavailable' | { readonly said: string }

/** Each track as it comes. Null: all of them came. */
export async function askTracks(
  origin: string,
  token: string,
  { from, to, ...asked }: TracksAsked,
  onTrack: (track: Track) => void,
): Promise<TracksProblem | null> {
  const iso = (at: number) => new Date(at).toISOString()
  const response = await fetch(`${origin}/tracks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...asked, from: iso(from), to: iso(to) }),
  })
  if (response.status === 401 || response.status === 403) return 'forbidden'
  if (response.status === 404) return 'notFound'
  if (!response.ok || response.body === null) return { said: (await response.text()).trim() }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onTrack(readTrackLine(JSON.parse(line) as TrackLine))
  }
  return null
}
