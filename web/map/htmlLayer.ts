/** Owns what lies over the canvases of one map as HTML and SVG: pins, the frames of other maps and the plate's line. */
import { largestRing } from './areaShapes.ts'
import { calloutMarkup, frameMarkup } from './frames.ts'
import type { MapIncident, MapScene } from './mapScene.ts'
import { createPinLayer, type PinLayer } from './pinLayer.ts'
import { pinsAndDots } from './pinsAndDots.ts'
import type { Projection } from './placedNames.ts'

type Spot = { x: number; y: number }
export type HtmlLayer = {
  set(incidents: readonly MapIncident[]): void
  /** All of it where it belongs now: to be called whenever the camera or the scene has moved. */
  place(): void
  setCallout(from: Spot | null): void
  resized(): void
  incidents(): readonly MapIncident[]
  /** Incidents that are no pins here: dots of the overlay. */
  dots(): readonly MapIncident[]
  pinBoxes: PinLayer['boxes']
  remove(): void
}
export type HtmlOptions = {
  scene(): MapScene
  markUnit(): number
  project: Projection['project']
  callout: Spot | null // where the plate's line begins, in CSS pixels of the map
  texts: { unknown: string }
  onPick(id: string): void
}

export function createHtmlLayer(host: HTMLElement, options: HtmlOptions): HtmlLayer {
  const { scene, markUnit, project } = options
  let { callout } = options
  let shownUnit = Number.NaN
  let incidents: readonly MapIncident[] = []
  let dots: readonly MapIncident[] = []
  // Asking for it in between would lay out the whole page anew: it changes only when the map is resized.
  let widthPx = host.clientWidth
  const frames = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  frames.setAttribute('class', 'map-leaders')
  host.append(frames)
  const pins = createPinLayer(host, { unitPx: markUnit, texts: options.texts, onPick: options.onPick })

  function place() {
    if (shownUnit !== markUnit()) {
      shownUnit = markUnit()
      host.style.setProperty('--map-u', `${shownUnit}px`)
    }
    pins.place(project, widthPx)
    const markup = frameMarkup(scene().frames ?? [], project, scene().unitPx) + calloutLine()
    if (frames.innerHTML !== markup) frames.innerHTML = markup
  }
  function calloutLine(): string {
    const { areas, selected, unitPx } = scene()
    const shape = callout ? areas.find(area => area.code === selected)?.geometry : null
    return shape && callout ? calloutMarkup(callout, largestRing(shape), project, unitPx) : ''
  }

  return {
    set(next) {
      incidents = next
      const marks = pinsAndDots(next)
      dots = marks.dots
      pins.set(marks.pins)
    },
    place,
    setCallout(from) {
      callout = from
      place()
    },
    resized() {
      widthPx = host.clientWidth
    },
    incidents: () => incidents,
    dots: () => dots,
    pinBoxes: pins.boxes,
    remove() {
      pins.remove()
      frames.remove()
    },
  }
}
