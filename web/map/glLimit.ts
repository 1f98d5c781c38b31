/** Across and down: MapLibre draws in fewer pixels by itself where a machine's GL has less. Its own default of 4096 halves a wide wall. */
export const MOST_CANVAS_PX = 16_384

/** What this machine's GL can draw in one canvas. */
export function probeGlLimit(): { maxPx: number; software: boolean } {
  const canvas = document.createElement('canvas')
  const gl = canvas.getContext('webgl2')
  if (!gl) return { maxPx: 4096, software: true }
  const renderbuffer = Number(gl.getParameter(gl.MAX_RENDERBUFFER_SIZE))
  const viewport = gl.getParameter(gl.MAX_VIEWPORT_DIMS) as Int32Array
  const software = drawsInSoftware(canvas)
  // The probe gives its context back: a page may hold only about sixteen.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return { maxPx: Math.min(MOST_CANVAS_PX, renderbuffer, viewport[0] ?? 4096, viewport[1] ?? 4096), software }
}

/** Whether no GPU draws this canvas, which has a context. */
export function drawsInSoftware(canvas: HTMLCanvasElement): boolean {
  const gl = canvas.getContext('webgl2')
  const info = gl?.getExtension('WEBGL_debug_renderer_info')
  const renderer = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : ''
  return /swiftshader|llvmpipe|software/i.test(renderer)
}
