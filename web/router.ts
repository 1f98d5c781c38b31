import { createRouter, createWebHistory } from 'vue-router'
import { areaRoutes } from './areas/routes.ts'

/** The faces that exist; the others come with their own issues. */
export const createFaces = () =>
  createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', redirect: to => ({ path: '/wall', query: to.query, hash: to.hash }) },
      { path: '/wall', component: () => import('./wall/WallFace.vue') },
      { path: '/wall/calibrate', component: () => import('./wall/CalibratePage.vue') },
      { path: '/studio', component: () => import('./studio/StudioFace.vue'), meta: { title: 'app.studio' } },
      { path: '/studio/tracks', component: () => import('./tracks/TracksPage.vue'), meta: { title: 'app.tracks' } },
      ...areaRoutes,
      { path: '/:other(.*)', component: () => import('./ui/NoSuchPage.vue') },
    ],
  })
