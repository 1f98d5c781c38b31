import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'web',
  plugins: [vue()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // the page's policy allows no data: fonts
    chunkSizeWarningLimit: 2500, // maplibre-gl and deck.gl come as one lazy chunk
  },
  worker: { format: 'es' },
})
