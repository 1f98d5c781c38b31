import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { takeToken } from './graphql/token.ts'
import { i18n } from './i18n.ts'
import { createFaces } from './router.ts'

export function mount(): void {
  takeToken() // before the router reads the address
  createApp(App).use(createPinia()).use(i18n).use(createFaces()).mount('#app')
}
