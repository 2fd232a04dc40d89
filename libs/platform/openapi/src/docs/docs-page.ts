/** What the page may load and call: this server alone, and the service API where it has an address of its own. */
export function contentSecurityPolicy(serviceApi: string | null): string {
  const api = serviceApi !== null && URL.canParse(serviceApi) ? ` ${new URL(serviceApi).origin}` : '';
  return `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'${api}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/** The documentation page; everything it needs comes from this server. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Baya API</title>
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<style>
body { margin: 0; font-family: system-ui, sans-serif; }
header, nav { display: flex; flex-wrap: wrap; align-items: baseline; gap: .4rem 1.5rem; }
header { padding: 1rem 1.5rem; background: #14342b; color: #fff; }
header a { color: #bde6d3; }
nav a[aria-current] { color: #fff; font-weight: 600; text-decoration: none; }
nav small { margin-left: .4rem; }
section { padding: 1rem 1.5rem; max-width: 70rem; margin: auto; }
#first-call pre { background: #f4f6f5; padding: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: .4rem; }
#browser .info { margin: 1.5rem 0 0; }
#browser .scheme-container { padding: 1rem 0; margin-bottom: 1rem; }
#browser .opblock-summary-path { overflow-wrap: anywhere; }
</style>
</head>
<body>
<header><strong>Baya API</strong> <nav id="documents"></nav></header>
<section id="first-call" hidden>
<h2>First call</h2>
<p>With the demo app's key, filled in below as well.</p>
<pre id="curl"></pre>
<details><summary>JavaScript</summary><pre id="javascript"></pre></details>
<details><summary>Python</summary><pre id="python"></pre></details>
</section>
<main id="browser"></main>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/docs.js"></script>
</body>
</html>
`;

/** The page's own script: lists the documents, shows the one that the address names, fills the demo key in. */
export const DOCS_SCRIPT = `'use strict';
const titles = { service: 'Service API', console: 'Console API', files: 'Files', root: 'Process' };
const show = async () => {
  const { serviceApi, demoKey, documents } = await (await fetch('/docs/config.json')).json();
  const wanted = location.hash.slice(1).split('/')[0];
  const current = documents.includes(wanted) ? wanted : documents.includes('service') ? 'service' : documents[0];
  const nav = document.getElementById('documents');
  nav.replaceChildren();
  const known = Object.keys(titles);
  for (const name of [...documents].sort((a, b) => known.indexOf(a) - known.indexOf(b))) {
    const item = document.createElement('span');
    const link = document.createElement('a');
    link.href = '/docs#' + name;
    link.textContent = titles[name] || name;
    if (name === current) link.setAttribute('aria-current', 'page');
    const small = document.createElement('small');
    const file = document.createElement('a');
    file.href = '/docs/openapi/' + name + '.json';
    file.textContent = name + '.json';
    small.append(file);
    item.append(link, small);
    nav.append(item);
  }
  const api = serviceApi || location.origin + '/v1';
  if (demoKey) {
    document.getElementById('first-call').hidden = false;
    const body = JSON.stringify({ inputs: {}, query: 'Hello', response_mode: 'streaming', user: 'docs' });
    const url = api + '/chat-messages';
    document.getElementById('curl').textContent = "curl -N " + url + " -H 'Authorization: Bearer " + demoKey + "' -H 'Content-Type: application/json' -d '" + body + "'";
    document.getElementById('javascript').textContent = "import { ChatClient } from 'dify-client';\\n\\nconst client = new ChatClient('" + demoKey + "', '" + api + "');\\nconst answer = await client.createChatMessage({ inputs: {}, query: 'Hello', user: 'docs', response_mode: 'blocking' });";
    document.getElementById('python').textContent = "from dify_client import ChatClient\\n\\nclient = ChatClient('" + demoKey + "')\\nclient.base_url = '" + api + "'\\nanswer = client.create_chat_message(inputs={}, query='Hello', user='docs', response_mode='blocking')";
  }
  const ui = SwaggerUIBundle({
    url: '/docs/openapi/' + current + '.json',
    domNode: document.getElementById('browser'),
    deepLinking: false,
    validatorUrl: null,
    tryItOutEnabled: true,
    requestInterceptor: (request) => {
      if (serviceApi && request.url.startsWith(location.origin + '/v1/')) request.url = api + request.url.slice((location.origin + '/v1').length);
      return request;
    },
    onComplete: () => { if (demoKey && current === 'service') ui.preauthorizeApiKey('appKey', demoKey); },
  });
};
addEventListener('hashchange', show);
show();
`;
