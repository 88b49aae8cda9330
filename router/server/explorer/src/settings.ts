/// Whether the router records the plans of requests that ask for it. The router writes this into
/// the page.
export const QUERY_PLANS = document.documentElement.dataset.queryPlans === 'on';

/// The page stands at the endpoint itself, whatever a proxy has put before its path.
export const ENDPOINT = new URL(window.location.pathname, window.location.href);

export const TRACES = new URL('explorer/traces/', ENDPOINT);
