'use strict';

const welcome = `# Write a query and press the play button.
# The book on the left shows the schema.
#
# To be somebody, log in and put your access
# token under "Headers" below:
#
#   {"Authorization": "Bearer ..."}

query {
  __typename
}
`;

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({url: '/graphql'}),
    defaultQuery: welcome,
    defaultEditorToolsVisibility: 'headers',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
  }),
);
