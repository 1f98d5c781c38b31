/** Styles as QGIS 3 keeps them (QML): the classes and colours of the screens, so that a file opens looking like the map. */
import { heatColours, rgbOf } from './heatColours.ts'

const INK = '69,70,67,255'
const INCIDENT = '0,105,155,255'

/** Squares by the fixed classes; below the first nothing is drawn. */
export function cellsStyle(column: string, classes: readonly number[], unit: string): string {
  const colours = heatColours(classes.length)
  const ranges = classes.map((lower, i) => {
    const upper = classes[i + 1] ?? 1e30
    const label = classes[i + 1] === undefined ? `≥ ${lower} ${unit}` : `${lower} – ${upper} ${unit}`
    return `<range lower="${lower}" upper="${upper}" symbol="${i}" label="${label}" render="true"/>`
  })
  const symbols = colours.map((colour, i) => fill(String(i), `${rgbOf(colour).join(',')},255`, 'no', INK))
  return qml(
    `<renderer-v2 type="graduatedSymbol" attr="${column}" graduatedMethod="GraduatedColor" symbollevels="0" enableorderby="0" forceraster="0"><ranges>${ranges.join('')}</ranges><symbols>${symbols.join('')}</symbols></renderer-v2>`,
  )
}

/** Outlines with the name of the area. */
export function areasStyle(): string {
  const labels =
    '<labeling type="simple"><settings><text-style fieldName="name" isExpression="0" fontSize="9" textColor="22,23,21,255"/><placement placement="1"/></settings></labeling>'
  return qml(
    `<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>${fill('0', '0,0,0,0', 'solid', INK)}</symbols></renderer-v2>${labels}`,
  )
}

export function incidentsStyle(): string {
  const marker = `<symbol type="marker" name="0" alpha="1" clip_to_extent="1"><layer class="SimpleMarker" enabled="1" locked="0" pass="0">${options(
    {
      name: 'circle',
      color: INCIDENT,
      outline_color: '255,255,255,255',
      outline_width: '0.2',
      size: '1.8',
      size_unit: 'MM',
    },
  )}</layer></symbol>`
  return qml(
    `<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>${marker}</symbols></renderer-v2>`,
  )
}

function fill(name: string, colour: string, outline: 'no' | 'solid', ink: string): string {
  const values = {
    color: colour,
    style: 'solid',
    outline_color: ink,
    outline_style: outline,
    outline_width: '0.26',
    outline_width_unit: 'MM',
  }
  return `<symbol type="fill" name="${name}" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0">${options(values)}</layer></symbol>`
}

/** Once for QGIS from 3.18 on, once as it was before. */
function options(values: { readonly [name: string]: string }): string {
  const entries = Object.entries(values)
  const map = entries.map(([name, value]) => `<Option name="${name}" type="QString" value="${value}"/>`).join('')
  return `<Option type="Map">${map}</Option>${entries.map(([k, v]) => `<prop k="${k}" v="${v}"/>`).join('')}`
}

function qml(body: string): string {
  return `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">${body}</qgis>\n`
}
