import 'graphiql/style.css';
import './explorer.css';
import './workers';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { fetcher } from './fetcher';
import { LogIn } from './login/LogIn';
import { PlanIcon, PlanPanel } from './plan/PlanPanel';
import { QUERY_PLANS } from './settings';

const WELCOME = `# Write an operation, and press the play button or Ctrl-Enter.
# The book on the left shows the schema.

query Welcome {
  __typename
}
`;

/// There, the headers would take the place of the operation.
const NARROW = window.matchMedia('(max-width: 720px)').matches;

const PLAN_PLUGIN = { title: 'Query plan', icon: PlanIcon, content: PlanPanel };

const PLUGINS = QUERY_PLANS ? [HISTORY_PLUGIN, PLAN_PLUGIN] : [HISTORY_PLUGIN];

createRoot(document.getElementById('explorer')!).render(
  <GraphiQL fetcher={fetcher} plugins={PLUGINS} defaultQuery={WELCOME} defaultEditorToolsVisibility={NARROW ? false : 'headers'}>
    <GraphiQL.Logo>
      <LogIn />
      <span className="explorer-name">Trivium</span>
    </GraphiQL.Logo>
  </GraphiQL>,
);
