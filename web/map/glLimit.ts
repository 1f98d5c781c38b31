/** What this machine's GL can draw in one canvas. MapLibre's own default of 4096 halves a wide wall. */
export type GlLimit = { maxPx: number; software: boolean }

const CEILING_PX = 16_384

export function probeGlLimit(): GlLimit {
  const canvas = document.createElement('canvas')
  const gl = canvas.getContext('webgl2')
  if (!gl) return { maxPx: 4096, software: true }
  const renderbuffer = Number(gl.getParameter(gl.MAX_RENDERBUFFER_SIZE))
  const viewport = gl.getParameter(gl.MAX_VIEWPORT_DIMS) as Int32Array
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : ''
  // The probe gives its context back: a page may hold only about sixteen.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return {
    maxPx: Math.min(CEILING_PX, renderbuffer, viewport[0] ?? 4096, viewport[1] ?? 4096),
    software: /swiftshader|llvmpipe|software/i.test(renderer),
  }
}
