/** The pins as HTML over the map: crisp text, and elements that name their incident. Owns its nodes. */
import './pins.css'
import { declutter, type Mark } from './declutter.ts'
import type { MapIncident } from './mapScene.ts'
import { arcPath, type PinFace, pinExtent, pinFace } from './pin.ts'

export type PinLayer = {
  set(incidents: readonly MapIncident[]): void
  place(project: (lng: number, lat: number) => { x: number; y: number }, widthPx: number): void
  boxes(): [number, number, number, number][] // on screen, for the names to avoid
  remove(): void
}
type Pin = { node: HTMLElement; incident: MapIncident; face: PinFace; html: string; pulse: number | null }

const SVG = 'http://www.w3.org/2000/svg'

export function createPinLayer(
  parent: HTMLElement,
  options: { unitPx: () => number; texts: { unknown: string }; onPick: (id: string) => void },
): PinLayer {
  const leaders = document.createElementNS(SVG, 'svg')
  leaders.setAttribute('class', 'map-leaders')
  const host = document.createElement('div')
  host.className = 'map-pins'
  parent.append(leaders, host)
  const pins = new Map<string, Pin>()
  let boxes: [number, number, number, number][] = []
  host.addEventListener('click', event => {
    const id = (event.target as Element).closest<HTMLElement>('[data-incident]')?.dataset['incident']
    if (id) options.onPick(id)
  })

  return {
    set(incidents) {
      const present = new Set<string>()
      for (const incident of incidents) {
        present.add(incident.id)
        const pin = pins.get(incident.id) ?? addPin(host, pins, incident, options.texts)
        update(pin, incident, options.texts)
      }
      for (const [id, pin] of pins) {
        if (present.has(id)) continue
        pin.node.remove()
        pins.delete(id)
      }
    },
    place(project, widthPx) {
      const u = options.unitPx()
      // By id, so that who moves aside never depends on the order in which messages came.
      const list = [...pins.values()].sort((a, b) => (a.incident.id < b.incident.id ? -1 : 1))
      const marks = list.map((pin): Mark => {
        const { x, y } = project(pin.incident.lng, pin.incident.lat)
        const extent = pinExtent(pin.face)
        const flip = pin.face.flag !== null && x + extent.right * u > widthPx && x > widthPx / 2
        pin.node.classList.toggle('pin-flip', flip)
        return {
          id: pin.incident.id,
          x,
          y,
          left: (flip ? extent.right : extent.left) * u,
          right: (flip ? extent.left : extent.right) * u,
          top: extent.top * u,
          bottom: extent.bottom * u,
          round: extent.round,
        }
      })
      const lines: string[] = []
      boxes = []
      for (const [i, spot] of declutter(marks, 3 * u).entries()) {
        const mark = marks[i]
        const pin = list[i]
        if (!mark || !pin) continue
        pin.node.style.transform = `translate(${spot.x.toFixed(1)}px, ${spot.y.toFixed(1)}px)`
        boxes.push([spot.x - mark.left, spot.y - mark.top, spot.x + mark.right, spot.y + mark.bottom])
        if (!spot.moved) continue
        const d = `M${mark.x.toFixed(1)} ${mark.y.toFixed(1)}L${spot.x.toFixed(1)} ${spot.y.toFixed(1)}`
        lines.push(`<path class="leader-halo" d="${d}"/><path class="leader" d="${d}"/>`)
        lines.push(
          `<circle class="leader-spot" cx="${mark.x.toFixed(1)}" cy="${mark.y.toFixed(1)}" r="${(3 * u).toFixed(1)}"/>`,
        )
      }
      const markup = lines.join('')
      if (leaders.innerHTML !== markup) leaders.innerHTML = markup
    },
    boxes: () => boxes,
    remove() {
      leaders.remove()
      host.remove()
      pins.clear()
    },
  }
}

function addPin(host: HTMLElement, pins: Map<string, Pin>, incident: MapIncident, texts: { unknown: string }): Pin {
  const node = document.createElement('div')
  node.dataset['incident'] = incident.id
  host.append(node)
  const pin: Pin = { node, incident, face: pinFace(incident, texts), html: '', pulse: null }
  pins.set(incident.id, pin)
  return pin
}

function update(pin: Pin, incident: MapIncident, texts: { unknown: string }) {
  pin.incident = incident
  pin.face = pinFace(incident, texts)
  const { node, face } = pin
  node.dataset['clock'] = incident.clock ?? ''
  // The four states of the contract; what awaits verification runs on no clock.
  node.dataset['state'] = incident.state === 'awaiting' ? 'normal' : incident.state
  const flip = node.classList.contains('pin-flip') ? ' pin-flip' : ''
  const name = `pin pin-${face.shape}${face.unknown ? ' pin-unknown' : ''}${flip}`
  const html = markup(face)
  if (html !== pin.html) {
    node.innerHTML = html
    pin.html = html
  }
  if (incident.pulseSince !== pin.pulse) {
    pin.pulse = incident.pulseSince
    if (incident.pulseSince !== null) {
      // A second change while the first pulse runs begins again: the name must leave for one layout.
      node.className = name
      void node.offsetWidth
    }
  }
  node.className = pin.pulse === null ? name : `${name} pin-pulse`
  node.style.zIndex = String(face.urgency)
}

const BELL =
  '<svg class="pin-bell" viewBox="0 0 14 16"><path d="M2 12h10c-1.2-1.3-1.6-2.6-1.6-5a3.4 3.4 0 0 0-6.8 0c0 2.4-.4 3.7-1.6 5zM5.6 14.4a1.6 1.6 0 0 0 2.8 0"/></svg>'

function markup(face: PinFace): string {
  const symbol = plainText(face.symbol)
  const bell = face.bell ? BELL : ''
  switch (face.shape) {
    case 'block':
      return `<b class="pin-block-body">${bell}<span class="pin-char">${symbol}</span>${face.flag ? `<span class="pin-time">${plainText(face.flag)}</span>` : ''}</b>`
    case 'disc':
      return `${svg(`<circle class="halo" r="22.8"/><circle class="fill" r="15.6"/><path class="arc" d="${arcPath(19.4, face.ring ?? 0)}"/>`)}<span class="pin-char">${symbol}</span>${face.flag ? `<b class="pin-flag">${bell}${plainText(face.flag)}</b>` : bell}`
    case 'ring': {
      const arc = face.ring === null ? '' : `<path class="arc" d="${arcPath(17.6, face.ring)}"/>`
      return `${svg(`<circle class="halo" r="20.4"/><circle class="track" r="17.6"/>${arc}`)}<span class="pin-char">${symbol}</span>${bell}`
    }
    case 'paused':
      return `${svg('<circle class="halo" r="17.5"/><circle class="track" r="14.5"/><path class="bars" d="M-3.5 -5.5V5.5M3.5 -5.5V5.5"/>')}${bell}`
    case 'square':
      return svg(
        '<rect class="halo" x="-9" y="-9" width="18" height="18"/><rect class="box" x="-5.5" y="-5.5" width="11" height="11"/>',
      )
    default:
      return face.shape satisfies never
  }
}

const svg = (inner: string) => `<svg class="pin-mark" viewBox="-24 -24 48 48">${inner}</svg>`
const plainText = (text: string) => text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`)
