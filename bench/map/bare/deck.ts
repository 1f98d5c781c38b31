/** The peer of the wall's map with people: deck.gl over MapLibre, the same glyphs, as many fixes a second, told as often. */
import { IconLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import { palettes } from '../../../web/map/palette.ts'
import { drawIconAtlas } from '../../../web/map/peopleIcons.ts'
import { bareMap } from './bareMap.ts'

type Person = { readonly lng: number; readonly lat: number; readonly courseDeg: number }

/** A wall gives its layers what came within such a time. */
const EVERY_MS = 250
/** Each tells a fix every five seconds. */
const ROUNDS = 20
const STEP_DEGREES = 5e-5

const { map, scene } = await bareMap()
const atlas = drawIconAtlas(palettes.dark, scene.unitPx, 1)
let people: readonly Person[] = scene.people.map(([lng, lat], no) => ({ lng, lat, courseDeg: no % 360 }))

const layers = () => [
  new IconLayer<Person>({
    id: 'people',
    data: people as Person[],
    iconAtlas: atlas.canvas as never,
    iconMapping: atlas.mapping,
    getIcon: () => 'fullTime.normal',
    getPosition: ({ lng, lat }) => [lng, lat],
    getAngle: ({ courseDeg }) => 90 - courseDeg,
    getSize: atlas.sizePx,
    sizeUnits: 'pixels',
    parameters: { depthCompare: 'always', depthWriteEnabled: false },
  }),
]
const overlay = new MapLibreOverlay({ interleaved: false, layers: layers() })
map.once('idle', () => {
  map.addControl(overlay)
  let round = 0
  setInterval(() => {
    round += 1
    people = people.map((person, no) => (no % ROUNDS === round % ROUNDS ? stepped(person, no + round) : person))
    overlay.setProps({ layers: layers() })
  }, EVERY_MS)
  document.documentElement.dataset['ready'] = ''
})

function stepped({ lng, lat }: Person, angle: number): Person {
  return {
    lng: lng + STEP_DEGREES * Math.cos(angle),
    lat: lat + STEP_DEGREES * Math.sin(angle),
    courseDeg: (90 - angle * 57.3) % 360,
  }
}
