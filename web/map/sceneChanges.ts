import { shownBbox } from './camera.ts'
import type { MapIncident, MapScene } from './mapScene.ts'

/** What has to be drawn anew, and where the camera goes, when a scene follows another. Arrays are compared by reference. */
export function sceneChanges(before: MapScene, next: MapScene) {
  const differs = (...keys: (keyof MapScene)[]) => keys.some(key => before[key] !== next[key])
  const look = differs('theme', 'unitPx')
  const [had, has] = [before.heat, next.heat]
  return {
    look,
    incidents: differs('incidents'),
    // Names give way to pins: to those that come, not to what they say.
    otherPins: !sameIds(before.incidents, next.incidents),
    basemap: differs('basemap'),
    tiles: look || differs('tiles'),
    tracks: look || differs('tracks', 'raised'),
    areas: differs('areas', 'levels', 'root', 'selected'),
    heat: had?.counts !== has?.counts || had?.settings !== has?.settings || differs('root'),
    people: look || differs('workers', 'incidents', 'link'),
    // Another area is shown, or there is something to look at for the first time.
    place: differs('root') || (differs('areas') && shownBbox(before.areas, before.root) === null),
  }
}

const sameIds = (a: readonly MapIncident[], b: readonly MapIncident[]) =>
  a.length === b.length && a.every((incident, i) => incident.id === b[i]?.id)
