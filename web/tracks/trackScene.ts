/** Tracks as the map draws them: pure builders. */
import { firstAfter, placeAt, type Track } from '#domain/worker/trackLine.ts'
import type { MapTracks, MapWorker, Place, TrackHow } from '../map/mapScene.ts'

const RECENT_MS = 10 * 60_000

export type Person = { readonly id: string; readonly name: string; readonly role: string }

/** All of the tracks, whatever the instant. */
export function mapTracks(tracks: readonly Track[]): MapTracks {
  const features: MapTracks['shapes']['features'] = []
  let ways = 0
  for (const { worker, fixes, steps, stops } of tracks) {
    const line = (how: TrackHow, coordinates: Place[]) => {
      if (coordinates.length < 2) return
      if (how === 'move') ways++
      features.push(shape(worker, how, { type: 'LineString', coordinates }))
    }
    let path: Place[] = []
    for (const [i, fix] of fixes.entries()) {
      const before = fixes[i - 1]
      const place: Place = [fix.lng, fix.lat]
      if (before === undefined || steps[i] === 'move') path.push(place)
      else {
        line('move', path)
        path = [place]
        line(steps[i] === 'gap' ? 'gap' : 'jump', [[before.lng, before.lat], place])
      }
    }
    line('move', path)
    for (const { first, durationMs } of stops) {
      const fix = fixes[first]
      if (fix) features.push(shape(worker, 'stop', { type: 'Point', coordinates: [fix.lng, fix.lat] }, durationMs))
    }
  }
  return { ways, shapes: { type: 'FeatureCollection', features } }
}

const shape = (
  worker: string,
  how: TrackHow,
  geometry: MapTracks['shapes']['features'][number]['geometry'],
  durationMs = 0,
): MapTracks['shapes']['features'][number] => ({ type: 'Feature', geometry, properties: { worker, how, durationMs } })

/** Everybody where they were at the instant, with the way of their last minutes; a silent one is where last heard of. */
export function peopleAt(tracks: readonly Track[], people: ReadonlyMap<string, Person>, at: number): MapWorker[] {
  return tracks.flatMap((track): MapWorker[] => {
    const place = placeAt(track, at)
    if (place === null) return []
    const { fixes, steps } = track
    const end = firstAfter(fixes, at)
    let first = end - 1
    while (first > 0 && steps[first] === 'move' && (fixes[first - 1]?.at ?? 0) >= at - RECENT_MS) first--
    const trail = fixes.slice(first, end).map((fix): Place => [fix.lng, fix.lat])
    return [
      {
        id: track.worker,
        lng: place.lng,
        lat: place.lat,
        at: place.at,
        role: people.get(track.worker)?.role ?? '',
        courseDeg: courseOf(fixes[end - 1], fixes[end]),
        assigned: false,
        trail: place.isKnown ? [...trail, [place.lng, place.lat]] : trail,
        target: null,
        stale: !place.isKnown,
      },
    ]
  })
}

type At = { readonly lng: number; readonly lat: number }
function courseOf(from: At | undefined, to: At | undefined): number | null {
  if (from === undefined || to === undefined || (from.lng === to.lng && from.lat === to.lat)) return null
  const east = (to.lng - from.lng) * Math.cos((from.lat * Math.PI) / 180)
  return ((Math.atan2(east, to.lat - from.lat) * 180) / Math.PI + 360) % 360
}

/** What of a track stands in a list: lengths in metres, counts. */
export function trackFigures({ n, lengthM, steps, stops }: Track) {
  const count = (wanted: (step: string) => boolean) => steps.slice(1).filter(wanted).length
  return {
    n,
    lengthM,
    gaps: count(step => step === 'gap'),
    jumps: count(step => step === 'tooFast' || step === 'thereAndBack'),
    stops: stops.length,
    stoppedMs: stops.reduce((sum, { durationMs }) => sum + durationMs, 0),
  }
}
