import { PASSWORD } from '../../../support/api-app.js';
import type { Ids, Recipe } from '../support/actor.js';
import { OPENAI } from '../support/workspace-objects.js';

const signed = ({ pictureId, pictureLink }: Ids) => ({
  params: { file_id: pictureId },
  query: Object.fromEntries(new URLSearchParams(pictureLink)),
});
const STATIC = 'a file of the program, looked up in a list';

/** Routes without a credential. */
export const publicRecipes: Record<string, Recipe> = {
  'GET /assets/:name': { call: () => ({ params: { name: 'baya.svg' } }), open: STATIC },
  'GET /docs/assets/:name': { call: () => ({ params: { name: 'docs.js' } }), open: STATIC },
  'GET /docs/openapi/:name': { call: () => ({ params: { name: 'service.json' } }), open: STATIC },
  'GET /console/api/version': { call: () => ({ query: { current_version: '1.0.0' } }) },
  'GET /console/api/workspaces/:tenant_id/model-providers/:provider/:icon_type/:lang': {
    call: ({ tenantId }) => ({ params: { tenant_id: tenantId, provider: OPENAI, icon_type: 'icon_small', lang: 'en_US' } }),
    open: 'a picture of the program; the workspace in its path is not looked at',
  },
  'GET /files/:file_id/file-preview': { call: signed },
  'GET /files/:file_id/image-preview': { call: signed, control: [404, 'a link to the file is none to the picture'] },
  // There is one by then: the recipe of `custom-config`, a route that comes before, names it.
  'GET /files/workspaces/:workspace_id/webapp-logo': {
    call: ({ tenantId }) => ({ params: { workspace_id: tenantId } }),
    open: 'a logo is shown to every visitor of a web app',
  },
  'POST /console/api/account/change-email/check-email-unique': { call: () => ({ json: { email: 'free@c.example' } }) },
  'POST /console/api/account/delete/feedback': { call: () => ({ json: { email: 'gone@c.example', feedback: 'too few birds' } }) },
  'GET /metrics': { call: () => ({}), control: [404, 'there is none without METRICS_TOKEN'] },
  'POST /console/api/init': { call: () => ({ json: { password: 'x' } }), control: [403, 'the installation is set up'] },
  'POST /console/api/login': {
    call: () => ({ json: { email: 'nobody@c.example', password: Buffer.from(PASSWORD).toString('base64') } }),
    control: [401, 'nobody has this address'],
  },
  'POST /console/api/refresh-token': {
    call: () => ({}),
    control: [401, 'no cookie is sent'],
    bareErrors: '`{result: fail, message}` (contract console-accounts 4)',
  },
  'POST /console/api/setup': {
    call: () => ({ json: { email: 'second@c.example', name: 'Second', password: PASSWORD } }),
    control: [403, 'the installation is set up'],
  },
};
