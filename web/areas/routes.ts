import type { RouteRecordRaw } from 'vue-router'

/** The leaders' pages beside the studio: comparing areas, and the printable reports. */
export const areaRoutes: RouteRecordRaw[] = [
  { path: '/studio/areas', component: () => import('./AreasPage.vue'), meta: { title: 'app.areas' } },
  { path: '/studio/report', component: () => import('./ReportPage.vue'), meta: { title: 'app.report' } },
]
