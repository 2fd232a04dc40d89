import { PASSWORD } from '../../../support/api-app.js';
import type { Recipe } from '../support/actor.js';

const NO_SUCH_TOKEN = [400, 'nobody has such a token'] as const;
const TOKEN = '00000000-0000-4000-8000-000000000000';
const OTHER_EDITION = [404, 'part of the hosted or enterprise edition (contract console-accounts 1.2)'] as const;

/** Console routes of people, workspaces and files. */
export const accountRecipes: Record<string, Recipe> = {
  'POST /console/api/account/avatar': { call: ({ pictureId }) => ({ json: { avatar: pictureId } }), echoes: ['pictureId'] },
  ...Object.fromEntries(
    ['account/education', 'account/education/verify', 'account/education/autocomplete', 'workspaces/current/permission'].map(
      (path): [string, Recipe] => [`GET /console/api/${path}`, { call: () => ({}), control: OTHER_EDITION }],
    ),
  ),
  'POST /console/api/account/education': { call: () => ({ json: {} }), control: OTHER_EDITION },
  'POST /console/api/account/change-email': { call: () => ({ json: { email: 'owner@a.example', phase: 'old_email' } }) },
  'POST /console/api/account/change-email/validity': {
    call: () => ({ json: { email: 'owner@a.example', code: '000000', token: TOKEN } }),
    control: NO_SUCH_TOKEN,
  },
  'POST /console/api/account/change-email/reset': {
    call: () => ({ json: { new_email: 'free@c.example', token: TOKEN } }),
    control: NO_SUCH_TOKEN,
  },
  'POST /console/api/account/delete': { call: () => ({ json: { token: TOKEN, code: '000000' } }), control: NO_SUCH_TOKEN },
  'POST /console/api/account/init': {
    call: () => ({ json: { interface_language: 'de-DE', timezone: 'Europe/Berlin' } }),
    control: [400, 'an account that was set up is initialized already (contract console-accounts 7)'],
  },
  'POST /console/api/account/interface-language': { call: () => ({ json: { interface_language: 'de-DE' } }) },
  'POST /console/api/account/interface-theme': { call: () => ({ json: { interface_theme: 'dark' } }) },
  'POST /console/api/account/name': { call: () => ({ json: { name: 'Another name' } }) },
  'POST /console/api/account/password': {
    call: () => ({ json: { password: PASSWORD, new_password: 'other horse 2', repeat_new_password: 'other horse 2' } }),
  },
  'POST /console/api/account/timezone': { call: () => ({ json: { timezone: 'Europe/Berlin' } }) },
  'POST /console/api/logout': { call: () => ({}) },
  'POST /console/api/info': { call: () => ({}) },
  'POST /console/api/workspaces/current': { call: () => ({}) },
  'POST /console/api/workspaces/info': { call: () => ({ json: { name: 'Another name' } }) },
  'POST /console/api/workspaces/switch': { call: ({ tenantId }) => ({ json: { tenant_id: tenantId } }) },
  'POST /console/api/workspaces/custom-config': {
    call: ({ pictureId }) => ({ json: { remove_webapp_brand: true, replace_webapp_logo: pictureId } }),
    echoes: ['pictureId'],
  },
  'POST /console/api/workspaces/custom-config/webapp-logo/upload': {
    call: () => ({ form: { file: { name: 'logo.png', type: 'image/png', content: Buffer.from('89504e470d0a1a0a', 'hex') } } }),
  },
  'GET /console/api/files/:file_id/preview': { call: ({ documentId }) => ({ params: { file_id: documentId } }) },
  'POST /console/api/files/upload': { call: () => ({ form: { file: { name: 'a.txt', type: 'text/plain', content: 'text' } } }) },
  'GET /console/api/remote-files/:url': { call: (_, { origin }) => ({ params: { url: `${origin}/assets/baya.svg` } }) },
  'POST /console/api/remote-files/upload': { call: (_, { origin }) => ({ json: { url: `${origin}/assets/baya.svg` } }) },
};
